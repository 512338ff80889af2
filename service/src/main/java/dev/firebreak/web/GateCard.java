package dev.firebreak.web;

import dev.firebreak.gate.Gate;
import java.util.List;

/**
 * A gate in a list.
 *
 * @param yours whether the one who looks is asked
 * @param votes as in {@code 1 of 2}
 * @param open whether it can still be decided
 */
record GateCard(
    String id,
    String question,
    String why,
    Badge status,
    boolean open,
    Times.When opened,
    Times.When expires,
    List<String> asked,
    boolean yours,
    String votes,
    String ended) {
  static GateCard of(Gate gate, Askable askable, Times times) {
    return new GateCard(
        gate.id(),
        Excerpt.line(gate.question(), 300),
        Excerpt.line(gate.why(), 300),
        Badge.of(gate.status()),
        gate.status() == Gate.Status.OPEN,
        times.when(gate.openedAt()),
        times.when(gate.expiresAt()),
        gate.asked(),
        askable.asked(gate),
        yes(gate) + " of " + gate.quorum(),
        gate.endedWhy() == null ? "" : gate.endedWhy());
  }

  /** How many people said yes. */
  static long yes(Gate gate) {
    return gate.votes().stream().filter(Gate.Vote::approve).count();
  }
}
