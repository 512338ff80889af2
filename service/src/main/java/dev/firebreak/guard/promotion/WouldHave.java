package dev.firebreak.guard.promotion;

import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Guards;
import dev.firebreak.guard.Proposal;
import dev.firebreak.runbook.RungStep;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What would have become of a change, for humans.
 *
 * @param said what all other guards made of it
 */
record WouldHave(Proposal proposal, Guards.Finding said) {
  private static final int LONGEST = 500;

  String sentence() {
    String change =
        "'%s' would have been done to %s (%s)%s"
            .formatted(
                proposal.step(), String.join(", ", proposal.targets()), command(), followed());
    return switch (said.decision()) {
      case Decision.Allow allow -> change;
      case Decision.Ask ask ->
          "%s once %s said yes, asked by %s: %s"
              .formatted(
                  change,
                  String.join(", ", ask.by()),
                  String.join(", ", said.asking()),
                  ask.why().text());
      case Decision.Hold hold ->
          "%s after a wait for %s: %s".formatted(change, said.guard(), hold.why().text());
      case Decision.Deny deny ->
          "'%s' of %s (%s) would have been refused by %s: %s"
              .formatted(
                  proposal.step(),
                  String.join(", ", proposal.targets()),
                  command(),
                  said.guard(),
                  deny.why().text());
    };
  }

  private String command() {
    Object params = proposal.shown().get("params");
    String text =
        proposal.shown().getOrDefault("action", "?")
            + (params instanceof Map<?, ?> map && !map.isEmpty() ? " " + text(map) : "");
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  private static String text(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .filter(field -> field.getValue() != null)
              .map(field -> field.getKey() + "=" + text(field.getValue()))
              .collect(Collectors.joining(" "));
      case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(" "));
      default -> String.valueOf(value);
    };
  }

  /** The other changes of the rung that come after this one. */
  private String followed() {
    String own = proposal.counted();
    String after =
        proposal.rung().steps().stream()
            .dropWhile(step -> !step.in(proposal.rung()).equals(own))
            .skip(1)
            .filter(RungStep::changes)
            .map(RungStep::id)
            .collect(Collectors.joining(", "));
    return after.isEmpty() ? "" : ", then " + after;
  }
}
