package dev.firebreak.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with a runbook and a configuration for each process that serves it. The runbook reads
 * from the target, changes it once, proves it, writes a ticket, and calls a person when it is not
 * sure.
 */
final class Site {
  static final String SECRET = "not-secret-here";
  static final String SOURCE = "monitoring";

  private final Path folder;
  private String database = "{type: h2}";
  private String runbook = RUNBOOK;

  /**
   * A site in a folder.
   *
   * @param target the port the runbook acts on
   */
  Site(Path folder, int target) throws IOException {
    this.folder = folder;
    runbook(RUNBOOK, target);
  }

  /** Another runbook; {@code STUB} in it becomes the address of the target. */
  Site runbook(String text, int target) throws IOException {
    runbook = text.replace("STUB", "http://127.0.0.1:" + target);
    Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
    Files.writeString(runbooks.resolve("target-bad.yml"), runbook);
    return this;
  }

  /** The database of all nodes that are made from now on, on a server of PostgreSQL. */
  Site postgresql(String url) throws IOException {
    Path password = Files.writeString(folder.resolve("database.password"), "postgres");
    database =
        "{type: postgresql, url: \"%s\", user: postgres, password: {file: %s}}"
            .formatted(url, password);
    return this;
  }

  Path folder() {
    return folder;
  }

  /** Where the file tickets of all nodes are. */
  Path tickets() {
    return folder.resolve("tickets");
  }

  /** A process of this site with a configuration, a log and a data folder of its own. */
  ServiceProcess node(String name) throws Exception {
    return node(name, folder.resolve(name));
  }

  /** The same, with the data folder somewhere else. */
  ServiceProcess node(String name, Path data) throws Exception {
    int port = ServiceProcess.freePort();
    int admin = ServiceProcess.freePort();
    Path config =
        Files.writeString(
            folder.resolve(name + ".yml"),
            CONFIG
                .replace("TEMPLATES", ServiceProcess.home().resolve("templates").toString())
                .replace("FOLDER", folder.toString())
                .replace("DATABASE", database)
                .replace("DATA", data.toString())
                .replace("ADMIN", "" + admin)
                .replace("PORT", "" + port));
    return ServiceProcess.of(config, port, admin);
  }

  static final String RUNBOOK =
      """
      runbook: target-bad
      title: The target is bad
      owner: team-target
      on:
        alert: alert.status == 'firing' && alert.labels.alertname == 'TargetBad'
        incident: "target/{{alert.labels.target}}"
      vars:
        target: "{{alert.labels.target}}"
      diagnose:
        - id: health
          http: {url: "STUB/health/{{vars.target}}"}
          retry: {attempts: 3, backoff: 1s, cap: 1s}
          artifact: health.json
      remediate:
        - id: fix
          target: "stub/{{vars.target}}"
          limit: {max: 1, per: 1h}
          do:
            http: {url: "STUB/fix/{{vars.target}}", method: POST, json: {target: "{{vars.target}}"}}
          idempotent: false
          timeout: 10s
          verify:
            http: {url: "STUB/state/{{vars.target}}"}
            expect: output.status == 200
            within: 4s
            every: 1s
            timeout: 2s
          undo: null
      escalate: {to: oncall, when: run.outcome != 'mitigated'}
      finally:
        - id: ticket
          ticket: {system: tickets, template: incident, attach: all}
      """;

  private static final String CONFIG =
      """
      data: DATA
      database: DATABASE
      baseUrl: http://127.0.0.1:PORT
      runbooks: {path: FOLDER/runbooks, reload: 1h}
      templates: TEMPLATES
      sources:
        - name: monitoring
          type: alertmanager
          auth: {type: bearer, tokens: [not-secret-here]}
      egress: {allow: [127.0.0.1]}
      channels: {console: {type: console}}
      teams: {team-target: {members: [ana, ben], channel: console}}
      escalations: {oncall: {links: [{notify: [team-target], wait: 15m}]}}
      tickets: {tickets: {type: file, dir: FOLDER/tickets}}
      scope: {managed: ["stub/**"]}
      limits: {runbook: {max: 100000, per: 1h}, global: {max: 100000, per: 1h}}
      server:
        applicationConnectors: [{type: http, port: PORT, bindHost: 127.0.0.1}]
        adminConnectors: [{type: http, port: ADMIN, bindHost: 127.0.0.1}]
        requestLog: {appenders: []}
      logging:
        level: WARN
        loggers: {dev.firebreak: INFO, com.networknt: ERROR}
        appenders: [{type: console}]
      """;
}
