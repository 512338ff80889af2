package dev.firebreak.escalation;

import dev.firebreak.core.Ids;
import dev.firebreak.core.Instants;
import dev.firebreak.core.Message;
import dev.firebreak.core.Nearest;
import dev.firebreak.core.Tx;
import dev.firebreak.escalation.Escalation.Status;
import dev.firebreak.outbox.Outbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Calls along the chains of the configuration, by messages of kind {@code notify}. Thread-safe. */
public final class ChainDesk implements CallDesk {
  private final EscalationSettings settings;
  private final Reach reach;
  private final Escalations escalations;
  private final Severities severities;
  private final Outbox outbox;
  private final Ids ids;

  public ChainDesk(
      EscalationSettings settings,
      Reach reach,
      Escalations escalations,
      Severities severities,
      Outbox outbox,
      Ids ids) {
    this.severities = severities;
    this.settings = settings;
    this.reach = reach;
    this.escalations = escalations;
    this.outbox = outbox;
    this.ids = ids;
  }

  @Override
  public Opened open(
      Tx tx, String incidentId, String runId, String stepId, String name, String why, Instant now) {
    Chain chain = chain(name);
    Reached reached =
        reached(tx, incidentId, chain, 0, now)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "escalation chain '%s' reaches nobody: none of its links has a channel"
                            .formatted(name)));
    int level = reached.level();
    Escalation escalation =
        new Escalation(
            ids.next("esc"),
            incidentId,
            runId,
            stepId,
            name,
            level,
            now,
            now.plus(chain.at(level).within()),
            Status.CALLING,
            why,
            null,
            null);
    escalations.add(tx, escalation);
    return new Opened(escalation, call(tx, escalation, chain, reached, now));
  }

  private Chain chain(String name) {
    Chain chain = settings.chains().get(name);
    if (chain == null) {
      throw new IllegalArgumentException(
          "there is no escalation chain '%s' in config.yml, so nobody can be called (%s)"
              .formatted(name, Nearest.advice(name, settings.chains().keySet())));
    }
    return chain;
  }

  /**
   * A level that reaches somebody.
   *
   * @param callees of this level, after those of the levels before it that reached nobody
   */
  private record Reached(int level, List<Callee> callees) {}

  /**
   * The first level from here on that reaches anybody: a link nobody reads, or that is not for this
   * occasion, costs no time.
   */
  private Optional<Reached> reached(Tx tx, String incidentId, Chain chain, int from, Instant now) {
    List<Callee> callees = new ArrayList<>();
    for (int level = from; level < chain.levels(); level++) {
      Link link = chain.at(level);
      if (link.calls(() -> occasion(tx, incidentId, chain, now))) {
        link.called().forEach(name -> callees.add(reach.callee(tx, name, now)));
      }
      if (callees.stream().anyMatch(callee -> !callee.ways().isEmpty())) {
        return Optional.of(new Reached(level, callees));
      }
    }
    return Optional.empty();
  }

  private Occasion occasion(Tx tx, String incidentId, Chain chain, Instant now) {
    return Occasion.of(severities.of(tx, incidentId), now, chain.timezone());
  }

  @Override
  public Optional<Opened> advance(Tx tx, String escalationId, Instant now) {
    Optional<Escalation> calling =
        escalations.find(tx, escalationId).filter(one -> one.status() == Status.CALLING);
    if (calling.isEmpty()) {
      return Optional.empty();
    }
    Escalation escalation = calling.get();
    if (now.isBefore(escalation.nextAt())) {
      return Optional.of(new Opened(escalation, List.of()));
    }
    Chain chain = settings.chains().get(escalation.chain());
    Optional<Reached> next =
        chain == null
            ? Optional.empty()
            : reached(tx, escalation.incidentId(), chain, escalation.level() + 1, now);
    if (chain == null || next.isEmpty()) {
      escalations.save(tx, ended(escalation, Status.EXHAUSTED, null, now));
      return Optional.empty();
    }
    int level = next.get().level();
    Escalation walked = at(escalation, level, now.plus(chain.at(level).within()));
    escalations.save(tx, walked);
    return Optional.of(new Opened(walked, call(tx, walked, chain, next.get(), now)));
  }

  @Override
  public void acknowledge(Tx tx, String incidentId, String person, Instant now) {
    escalations.ofIncident(tx, incidentId).stream()
        .filter(one -> one.status() == Status.CALLING)
        .forEach(one -> escalations.save(tx, ended(one, Status.ACKNOWLEDGED, person, now)));
  }

  @Override
  public boolean calling(Tx tx, String incidentId) {
    return escalations.ofIncident(tx, incidentId).stream()
        .anyMatch(one -> one.status() == Status.CALLING);
  }

  @Override
  public void withdraw(Tx tx, String escalationId, Instant now) {
    escalations
        .find(tx, escalationId)
        .filter(one -> one.status() == Status.CALLING)
        .ifPresent(one -> escalations.save(tx, ended(one, Status.WITHDRAWN, null, now)));
  }

  private List<String> call(
      Tx tx, Escalation escalation, Chain chain, Reached reached, Instant now) {
    Set<String> told = new LinkedHashSet<>();
    for (Callee callee : reached.callees()) {
      for (Way way : callee.ways()) {
        if (told.add(way.key())) {
          outbox.add(tx, message(escalation, chain, way), escalation.incidentId(), now);
        }
      }
    }
    return reached.callees().stream().map(Callee::text).distinct().toList();
  }

  /** The key makes a call that is written twice one call. */
  private static Message message(Escalation escalation, Chain chain, Way way) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("id", escalation.id());
    model.put("chain", escalation.chain());
    model.put("why", escalation.why());
    model.put("level", escalation.level() + 1);
    model.put("levels", chain.levels());
    model.put("next_at", Instants.text(escalation.nextAt()));
    model.put("last", escalation.level() + 1 == chain.levels());
    return new Message(
        "notify",
        escalation.id()
            + "/"
            + escalation.level()
            + "/"
            + escalation.nextAt().toEpochMilli()
            + "/"
            + way.key(),
        Map.of(
            "incident", escalation.incidentId(),
            "run", escalation.runId(),
            "step", escalation.stepId(),
            "channels", way.channels(),
            "to", way.to(),
            "template", "escalation",
            "model", Map.of("escalation", model)));
  }

  private static Escalation at(Escalation one, int level, Instant nextAt) {
    return new Escalation(
        one.id(),
        one.incidentId(),
        one.runId(),
        one.stepId(),
        one.chain(),
        level,
        one.openedAt(),
        nextAt,
        Status.CALLING,
        one.why(),
        null,
        null);
  }

  private static Escalation ended(
      Escalation one, Status status, @org.jspecify.annotations.Nullable String by, Instant now) {
    return new Escalation(
        one.id(),
        one.incidentId(),
        one.runId(),
        one.stepId(),
        one.chain(),
        one.level(),
        one.openedAt(),
        one.nextAt(),
        status,
        one.why(),
        by,
        now);
  }
}
