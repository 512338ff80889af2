package dev.firebreak.guard;

import dev.firebreak.core.Actor;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunModel;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Task;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@link dev.firebreak.expression.Scope#CHANGE} names, filled in for a change that wants to be
 * made: JSON values only. A label the alert does not have is missing here, too.
 */
public final class ChangeFacts {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final List<String> ALERT_TEXTS =
      List.of(
          "source", "fingerprint", "status", "starts_at", "ends_at", "severity", "summary", "link");

  private ChangeFacts() {}

  /**
   * The facts, as one of the targets sees them.
   *
   * @param target one of the change's, or empty when it has none
   * @param zone whose hours and days count
   */
  public static Map<String, Object> of(Proposal proposal, String target, Instant now, ZoneId zone) {
    Run run = proposal.run();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("runbook", runbook(proposal.runbook()));
    model.put("step", step(proposal));
    model.put("target", target);
    model.put("targets", proposal.targets());
    model.put("alert", alert(run));
    model.put("incident", incident(run));
    model.put("actor", actor(run));
    model.put("time", time(now.atZone(zone)));
    return model;
  }

  private static Map<String, Object> runbook(Runbook runbook) {
    return Map.of(
        "name", runbook.name(),
        "title", runbook.title(),
        "owner", runbook.owner(),
        "version", runbook.version());
  }

  private static Map<String, Object> step(Proposal proposal) {
    Task task = proposal.runbook().task(proposal.step()).orElseThrow();
    return Map.of(
        "id", proposal.counted(),
        "rung", proposal.rung().id(),
        "action", task.call().action(),
        "idempotent", task.idempotent(),
        "undo", proposal.undo());
  }

  /** A run that a human started has an alert without a word in it. */
  private static Map<String, Object> alert(Run run) {
    Map<String, Object> alert = new LinkedHashMap<>();
    ALERT_TEXTS.forEach(name -> alert.put(name, run.alert().getOrDefault(name, "")));
    alert.put("labels", run.alert().getOrDefault("labels", Map.of()));
    alert.put("annotations", run.alert().getOrDefault("annotations", Map.of()));
    return alert;
  }

  private static Map<String, Object> incident(Run run) {
    Map<String, Object> facts = new LinkedHashMap<>();
    List.of("key", "title", "url").forEach(name -> facts.put(name, ""));
    if (run.alert().get(RunModel.INCIDENT) instanceof Map<?, ?> known) {
      known.forEach((name, value) -> facts.put(String.valueOf(name), value));
    }
    facts.put("id", run.incidentId());
    return facts;
  }

  private static Map<String, Object> actor(Run run) {
    int colon = run.startedBy().indexOf(':');
    Actor actor =
        colon > 0 ? Actor.parse(run.startedBy()) : new Actor(Actor.Kind.SYSTEM, run.startedBy());
    return Map.of("kind", actor.kind().name().toLowerCase(Locale.ROOT), "name", actor.name());
  }

  /** The moment, as a clock and a calendar of that zone show it. */
  private static Map<String, Object> time(ZonedDateTime now) {
    String day = now.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    return Map.of(
        "date", now.toLocalDate().toString(),
        "weekday", day.toLowerCase(Locale.ROOT),
        "clock", CLOCK.format(now),
        "zone", now.getZone().getId(),
        "hour", now.getHour(),
        "minute", now.getMinute());
  }
}
