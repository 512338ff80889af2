package dev.firebreak.guard.breaker;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Instants;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.Herald;
import dev.firebreak.guard.Proposal;
import dev.firebreak.guard.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Suspects the observer when many members of a group alarm within minutes: from then on nothing of
 * the group is changed until a human says so. Alarms are counted as they come in, in the
 * transaction that takes them in. What takes a change back is let through.
 */
public final class SuspicionGuard implements Guard {
  private final Breakers breakers;
  private final List<SuspicionSettings> groups;
  private final Herald herald;
  private final Ids ids;

  /** A guard over these groups. */
  public SuspicionGuard(Breakers breakers, List<SuspicionSettings> groups, Herald herald, Ids ids) {
    this.breakers = breakers;
    this.groups = List.copyOf(groups);
    this.herald = herald;
    this.ids = ids;
  }

  @Override
  public String name() {
    return "suspicion";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    if (proposal.undo() || groups.stream().noneMatch(group -> group.stops(proposal.targets()))) {
      return new Decision.Allow();
    }
    return breakers.open(tx).stream()
        .filter(breaker -> stops(breaker, proposal))
        .findFirst()
        .<Decision>map(breaker -> new Decision.Deny(reason(breaker)))
        .orElseGet(Decision.Allow::new);
  }

  private boolean stops(Breaker breaker, Proposal proposal) {
    return breaker.kind() == Breaker.Kind.GROUP
        && groups.stream()
            .anyMatch(
                group ->
                    group.group().equals(breaker.subject()) && group.stops(proposal.targets()));
  }

  private static Reason reason(Breaker breaker) {
    return new Reason(
        "observer-suspect",
        "nothing of %s is changed since %s: %s, so rather what observes them is broken; look, then release it at /breakers or by DELETE /api/v1/breakers/%s, with a reason"
            .formatted(
                breaker.what(), Instants.text(breaker.openedAt()), breaker.why(), breaker.id()));
  }

  @Override
  public void alarmed(Tx tx, String incidentId, Map<String, String> labels, Instant now) {
    for (SuspicionSettings group : groups) {
      String member = group.memberOf(labels);
      if (!member.isBlank() && breakers.open(tx).stream().noneMatch(it -> isOf(it, group))) {
        Instant since = now.minus(group.within());
        int alarming = breakers.alarmed(tx, group.group(), member, since, now);
        if (group.suspects(alarming)) {
          stop(tx, group, incidentId, alarming, now);
        }
      }
    }
  }

  private static boolean isOf(Breaker breaker, SuspicionSettings group) {
    return breaker.kind() == Breaker.Kind.GROUP && breaker.subject().equals(group.group());
  }

  private void stop(Tx tx, SuspicionSettings group, String incidentId, int alarming, Instant now) {
    String of = group.size() == 0 ? "" : " of " + group.size();
    String why =
        "%d%s members alarmed within %s".formatted(alarming, of, Durations.text(group.within()));
    Breaker breaker =
        new Breaker(
            ids.next("brk"),
            Breaker.Kind.GROUP,
            "",
            group.group(),
            group.owner(),
            why,
            incidentId,
            now,
            null,
            null,
            null);
    if (breakers.add(tx, breaker)) {
      tell(tx, breaker, group, now);
    }
  }

  private void tell(Tx tx, Breaker breaker, SuspicionSettings group, Instant now) {
    String text =
        "%s; rather what observes them is broken, so nothing of %s is changed until a human says so"
            .formatted(breaker.why(), breaker.what());
    herald.note(
        tx,
        breaker.incidentId(),
        null,
        Actor.ENGINE,
        "breaker.opened",
        text,
        Map.of("breaker", breaker.id(), "kind", "group", "subject", group.group()),
        now);
    herald.warn(
        tx,
        new Warning(
            "breaker/" + breaker.id(),
            breaker.incidentId(),
            breaker.owner(),
            "Firebreak stopped " + breaker.what(),
            text + ". Look whether they are really down, then release it with a reason.",
            "/breakers"),
        now);
  }
}
