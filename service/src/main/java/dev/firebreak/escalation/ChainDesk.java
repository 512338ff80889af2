package dev.firebreak.escalation;

import dev.firebreak.core.Ids;
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
  private final Outbox outbox;
  private final Ids ids;

  public ChainDesk(
      EscalationSettings settings, Reach reach, Escalations escalations, Outbox outbox, Ids ids) {
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
    int level =
        reachable(chain, 0)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "escalation chain '%s' reaches nobody: none of its links has a channel"
                            .formatted(name)));
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
    return new Opened(escalation, call(tx, escalation, chain, now));
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

  /** The first level from here on that reaches anybody: a link nobody reads costs no time. */
  private Optional<Integer> reachable(Chain chain, int from) {
    for (int level = from; level < chain.levels(); level++) {
      if (chain.at(level).called().stream().anyMatch(name -> !reach.channels(name).isEmpty())) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
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
    Optional<Integer> next =
        chain == null ? Optional.empty() : reachable(chain, escalation.level() + 1);
    if (chain == null || next.isEmpty()) {
      escalations.save(tx, ended(escalation, Status.EXHAUSTED, null, now));
      return Optional.empty();
    }
    Escalation walked = at(escalation, next.get(), now.plus(chain.at(next.get()).within()));
    escalations.save(tx, walked);
    return Optional.of(new Opened(walked, call(tx, walked, chain, now)));
  }

  @Override
  public void acknowledge(Tx tx, String incidentId, String person, Instant now) {
    escalations.ofIncident(tx, incidentId).stream()
        .filter(one -> one.status() == Status.CALLING)
        .forEach(one -> escalations.save(tx, ended(one, Status.ACKNOWLEDGED, person, now)));
  }

  @Override
  public void withdraw(Tx tx, String escalationId, Instant now) {
    escalations
        .find(tx, escalationId)
        .filter(one -> one.status() == Status.CALLING)
        .ifPresent(one -> escalations.save(tx, ended(one, Status.WITHDRAWN, null, now)));
  }

  private List<String> call(Tx tx, Escalation escalation, Chain chain, Instant now) {
    Set<String> told = new LinkedHashSet<>();
    List<String> called = new ArrayList<>();
    for (String name : chain.at(escalation.level()).called()) {
      for (String channel : reach.channels(name)) {
        if (told.add(channel)) {
          outbox.add(tx, message(escalation, chain, channel), escalation.incidentId(), now);
        }
        called.add(name.equals(channel) ? name : name + " (" + channel + ")");
      }
    }
    return called;
  }

  /** The key makes a call that is written twice one call. */
  private static Message message(Escalation escalation, Chain chain, String channel) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("id", escalation.id());
    model.put("chain", escalation.chain());
    model.put("why", escalation.why());
    model.put("level", escalation.level() + 1);
    model.put("levels", chain.levels());
    model.put("next_at", escalation.nextAt().toString());
    model.put("last", escalation.level() + 1 == chain.levels());
    return new Message(
        "notify",
        escalation.id() + "/" + escalation.level() + "/" + channel,
        Map.of(
            "incident", escalation.incidentId(),
            "run", escalation.runId(),
            "step", escalation.stepId(),
            "channels", List.of(channel),
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
