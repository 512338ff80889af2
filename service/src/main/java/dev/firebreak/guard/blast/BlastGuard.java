package dev.firebreak.guard.blast;

import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Glob;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.Intents;
import dev.firebreak.guard.Locks;
import dev.firebreak.guard.Proposal;
import dev.firebreak.guard.Targets;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.WaitFor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps most of a group out of repair: so many of it at once, so many healthy ones left, and first
 * one alone. Who is under repair is read from the locks, in one line with all decisions on changes,
 * so it holds over all nodes. What takes a change back is let through.
 */
public final class BlastGuard implements Guard {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  /** So many of the latest changes are looked at for proven repairs. */
  private static final int LOOKED_AT = 200;

  private final Locks locks;
  private final Intents intents;
  private final List<Group> groups;

  /** A guard over these groups. */
  public BlastGuard(Locks locks, Intents intents, List<BlastSettings> groups) {
    this.locks = locks;
    this.intents = intents;
    this.groups = groups.stream().map(group -> new Group(group, group.globs())).toList();
  }

  private record Group(BlastSettings settings, List<Glob> globs) {
    boolean has(String target) {
      return settings.members().contains(target)
          || globs.stream().anyMatch(glob -> glob.matches(target));
    }

    Set<String> of(List<String> targets) {
      Set<String> mine = new TreeSet<>();
      targets.forEach(target -> mine.add(Targets.key(target)));
      mine.removeIf(target -> !has(target));
      return mine;
    }
  }

  @Override
  public String name() {
    return "blast";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    if (proposal.undo()) {
      return new Decision.Allow();
    }
    List<Locks.Claim> claims = null;
    for (Group group : groups) {
      Set<String> wanted = group.of(proposal.targets());
      if (!wanted.isEmpty()) {
        claims = claims == null ? locks.claims(tx) : claims;
        Decision decision = check(tx, proposal, group, wanted, claims, now);
        if (!(decision instanceof Decision.Allow)) {
          return decision;
        }
      }
    }
    return new Decision.Allow();
  }

  private Decision check(
      Tx tx,
      Proposal proposal,
      Group group,
      Set<String> wanted,
      List<Locks.Claim> claims,
      Instant now) {
    Set<String> held = new TreeSet<>();
    Set<String> sick = new HashSet<>(wanted);
    for (Locks.Claim claim : claims) {
      String target = Targets.key(claim.target());
      if (group.has(target)) {
        sick.add(target);
        if (claim.held()) {
          held.add(target);
        }
      }
    }
    if (held.containsAll(wanted)) {
      return new Decision.Allow(); // it goes on with what it, or who called it, repairs already
    }
    int healthy = group.settings().size() - sick.size();
    if (group.settings().floor() > 0 && healthy < group.settings().floor()) {
      return ask(proposal, group, floor(group, wanted, Math.max(0, healthy)));
    }
    int atOnce = group.settings().atOnce(proven(tx, group, now));
    Set<String> all = new TreeSet<>(held);
    all.addAll(wanted);
    if (all.size() <= atOnce) {
      return new Decision.Allow();
    }
    return wanted.size() > atOnce
        ? ask(proposal, group, tooMany(group, wanted, atOnce))
        : new Decision.Hold(WaitFor.LIMIT, now.plus(LOOK_AGAIN), busy(group, held, atOnce));
  }

  private static Decision ask(Proposal proposal, Group group, Reason why) {
    return new Decision.Ask(proposal.approvers(List.of(group.settings().owner())), why);
  }

  /** How many of the latest repairs were proven, up to the one that was not. */
  private int proven(Tx tx, Group group, Instant now) {
    if (group.settings().ramp().isEmpty()) {
      return 0;
    }
    Set<String> counted = new HashSet<>();
    List<Intents.Repair> repairs = new ArrayList<>();
    for (Intents.Repair repair :
        intents.repairs(tx, now.minus(group.settings().within()), LOOKED_AT)) {
      if (group.has(repair.target()) && repair.status().ended() && counted.add(repair.runId())) {
        repairs.add(repair);
      }
    }
    return (int)
        repairs.stream().takeWhile(repair -> repair.status() == RunStatus.MITIGATED).count();
  }

  private static Reason floor(Group group, Set<String> wanted, int healthy) {
    return new Reason(
        "blast-floor",
        "to change %s would leave %d of %d members of %s that are neither under repair nor wait for it, and its floor is %d"
            .formatted(
                String.join(", ", wanted),
                healthy,
                group.settings().size(),
                group.settings().group(),
                group.settings().floor()));
  }

  private static Reason tooMany(Group group, Set<String> wanted, int atOnce) {
    return new Reason(
        "blast-too-many",
        "it would change %d targets of %s at once (%s), and %d may be"
            .formatted(wanted.size(), group.settings().group(), String.join(", ", wanted), atOnce));
  }

  private static Reason busy(Group group, Set<String> held, int atOnce) {
    return new Reason(
        "blast-busy",
        "%d of %s are under repair (%s), as many as may be at once; it begins when one is over"
            .formatted(held.size(), group.settings().group(), String.join(", ", held))
            .concat(atOnce == 1 && !group.settings().ramp().isEmpty() ? "; the first alone" : ""));
  }
}
