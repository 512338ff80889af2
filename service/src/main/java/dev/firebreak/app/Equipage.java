package dev.firebreak.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.action.Action;
import dev.firebreak.action.Catalogue;
import dev.firebreak.action.Credentials;
import dev.firebreak.action.Egress;
import dev.firebreak.action.Equipment;
import dev.firebreak.action.Outgoing;
import dev.firebreak.channel.ChannelParts;
import dev.firebreak.channel.Channels;
import dev.firebreak.core.Masker;
import dev.firebreak.core.Seal;
import dev.firebreak.core.SecretRef;
import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.core.Secrets;
import dev.firebreak.escalation.Reach;
import dev.firebreak.expression.Templates;
import dev.firebreak.guard.blast.BlastSettings;
import dev.firebreak.guard.breaker.SuspicionSettings;
import dev.firebreak.guard.freeze.FreezeCalendars;
import dev.firebreak.guard.freeze.FreezeSettings;
import dev.firebreak.guard.opa.OpaClient;
import dev.firebreak.guard.policy.PolicyFolder;
import dev.firebreak.notify.NotifyAction;
import dev.firebreak.notify.UnheardDesk;
import dev.firebreak.oncall.Contact;
import dev.firebreak.oncall.OnCall;
import dev.firebreak.runbook.RunbookLoader;
import dev.firebreak.runbook.Surroundings;
import dev.firebreak.ticket.TicketAction;
import dev.firebreak.ticket.TicketParts;
import dev.firebreak.ticket.TicketSystem;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What can be made from the configuration alone, without a database: secrets, actions, channels,
 * ticket systems, templates, the runbook loader. Checking a configuration is making it.
 */
final class Equipage {
  static final String VERSION = "0.1.0";

  final Secrets secrets;
  final Catalogue actions;
  final Channels channels;
  final Reach reach;
  final List<TicketSystem> tickets;
  final Templates templates;
  final RunbookLoader loader;
  final PolicyFolder policies;
  final FreezeCalendars freezes;
  private final @Nullable OpaClient opa;

  /**
   * Makes everything.
   *
   * @throws IllegalArgumentException naming the first key that is wrong
   */
  Equipage(
      FirebreakConfiguration config, ObjectMapper json, InstantSource clock, PrintStream console) {
    secrets = new Secrets(config.secrets(), System::getenv, new Masker());
    OkHttpClient http = client();
    channels =
        Channels.build(config.channels(), new ChannelParts(http, json, secrets, clock, console));
    reach =
        new Reach(
            config.teams(), channels.names(), config.people(), config.schedules(), OnCall.NOBODY);
    TicketParts parts = new TicketParts(http, json, secrets, config.data(), clock);
    tickets = new ArrayList<>();
    config.tickets().forEach((name, system) -> tickets.add(system.build(name, parts)));
    templates = new Templates(config.templates());
    actions = catalogue(config, json, clock);
    loader = new RunbookLoader(actions, surroundings(config, templates));
    refuse(UnheardDesk.problems(config.alarms(), channels));
    refuse(
        UnheardDesk.problems(config.storm().tell(), channels).stream()
            .map(fault -> fault.replaceFirst("^alarms", "storm.tell"))
            .toList());
    refuse(config.teams().problems(channels.names()));
    refuse(glass(config));
    refuse(config.people().problems(this::contactFault));
    refuse(config.schedules().problems(people(config)));
    refuse(reach.ambiguities());
    refuse(config.decisions().problems(channels, config.siteSecret() != null));
    refuse(config.escalations().problems(reach));
    opa = config.opa().map(settings -> new OpaClient(settings, secrets, http)).orElse(null);
    policies = new PolicyFolder(config.policies());
    boolean unused = policies.reload();
    refuse(config.repetition().problems(config.tickets().keySet()));
    refuse(config.promotion().problems(peopleAndTeams(config)));
    refuse(BlastSettings.problems(config.blast(), peopleAndTeams(config)));
    refuse(SuspicionSettings.problems(config.suspicion(), peopleAndTeams(config)));
    refuse(FreezeSettings.problems(config.freezes(), peopleAndTeams(config)));
    freezes = new FreezeCalendars(config.freezeCalendars());
    boolean unusedToo = freezes.reload();
    refuse(ownerless(config));
  }

  /** Who is asked of each change besides; empty for nobody. */
  Optional<OpaClient> opa() {
    return Optional.ofNullable(opa);
  }

  /** A seal with the site's secret. */
  Seal seal(FirebreakConfiguration config, String purpose) {
    return new Seal(
        () -> {
          SecretRef secret = config.siteSecret();
          if (secret == null) {
            throw new SecretUnavailable("config.yml has no siteSecret");
          }
          return secrets.value(secret);
        },
        purpose);
  }

  private static List<String> ownerless(FirebreakConfiguration config) {
    Set<String> known = peopleAndTeams(config);
    return config.freezeCalendars().stream()
        .filter(calendar -> !known.contains(calendar.terms().owner()))
        .map(
            calendar ->
                "freezeCalendars: '%s': owner: there is no team or person '%s'"
                    .formatted(calendar.file(), calendar.terms().owner()))
        .toList();
  }

  private Catalogue catalogue(
      FirebreakConfiguration config, ObjectMapper json, InstantSource clock) {
    Executor blocking =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("blocking-", 0).factory());
    Egress egress = new Egress(config.egress(), blocking);
    List<Action> others =
        List.of(new TicketAction(config.tickets().keySet()), new NotifyAction(channels, templates));
    return Catalogue.found(
        new Equipment(
            json,
            clock,
            blocking,
            secrets,
            egress,
            new Credentials(config.credentials(), secrets),
            new Outgoing(egress, VERSION),
            config.actions()),
        others);
  }

  /**
   * For addresses the operator wrote; each user sets its own limit on the time of a whole call,
   * within which an answer may take its time.
   */
  private static OkHttpClient client() {
    return new OkHttpClient.Builder()
        .connectionPool(new ConnectionPool(64, 1, TimeUnit.MINUTES))
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .callTimeout(Duration.ofSeconds(30))
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .build();
  }

  private Optional<String> contactFault(Contact contact) {
    return channels.names().contains(contact.channel())
        ? channels.get(contact.channel()).addressFault(contact.to())
        : Optional.of(channels.unknown(contact.channel()));
  }

  private static List<String> glass(FirebreakConfiguration config) {
    Set<String> known = new TreeSet<>(people(config));
    known.addAll(config.teams().teams().keySet());
    return config.breakGlass().named().stream()
        .filter(name -> !known.contains(name))
        .map(name -> "breakGlass.by: '" + name + "' is no person and no team; there are " + known)
        .toList();
  }

  /** Everybody who has a name here. */
  static Set<String> people(FirebreakConfiguration config) {
    Set<String> people = new TreeSet<>(config.people().people().keySet());
    config.teams().teams().values().forEach(team -> people.addAll(team.members()));
    return people;
  }

  /** Everybody who can be asked: people, teams, and schedules. */
  private static Set<String> peopleAndTeams(FirebreakConfiguration config) {
    Set<String> people = new HashSet<>(config.people().people().keySet());
    people.addAll(config.schedules().schedules().keySet());
    config
        .teams()
        .teams()
        .forEach(
            (name, team) -> {
              people.add(name);
              people.addAll(team.members());
            });
    return people;
  }

  private static Surroundings surroundings(FirebreakConfiguration config, Templates templates) {
    return new Surroundings(
        config.escalations().chains().keySet(),
        peopleAndTeams(config),
        members(config),
        templates::names);
  }

  /** Who answers for each name; a schedule can be counted only when it is asked. */
  private static Map<String, Set<String>> members(FirebreakConfiguration config) {
    Map<String, Set<String>> members = new HashMap<>();
    people(config).forEach(person -> members.put(person, Set.of(person)));
    config.teams().teams().forEach((name, team) -> members.put(name, Set.copyOf(team.members())));
    return members;
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }
}
