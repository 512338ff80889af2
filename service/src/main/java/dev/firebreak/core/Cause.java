package dev.firebreak.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That an alert was caused by a change of our own: by which run, and how long the chain of such
 * causes is. It travels as one line of text, {@code run_…;depth=2;via=redis-down,cache-flush}.
 *
 * @param run the last run of the chain
 * @param depth how many runs the chain has, at least 1
 * @param via their runbooks, the first one first; the last few of a long chain
 */
public record Cause(String run, int depth, List<String> via) {
  /** The header of requests, going out and coming in. */
  public static final String HEADER = "Firebreak-Cause";

  /** The annotation, or label, of alerts. */
  public static final String LABEL = "firebreak_cause";

  /** The variable of commands. */
  public static final String VARIABLE = "FIREBREAK_CAUSE";

  /** The depth of a chain that nobody can read: longer than any that is allowed. */
  public static final int UNKNOWN = Integer.MAX_VALUE;

  private static final int MOST_NAMES = 20;
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_]{1,60});depth=([0-9]{1,4});via=([a-z0-9,-]{0,2000})");

  public Cause {
    via = List.copyOf(via);
  }

  /** Reads one; what cannot be read is a chain of unknown length. */
  public static Cause parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches() || Integer.parseInt(form.group(2)) == 0) {
      return new Cause("a run nobody can tell", UNKNOWN, List.of());
    }
    List<String> via = form.group(3).isEmpty() ? List.of() : List.of(form.group(3).split(",", -1));
    return new Cause(form.group(1), Integer.parseInt(form.group(2)), via);
  }

  /**
   * What caused an alert; empty when no change of our own is known to have.
   *
   * @param alert as conditions see it
   */
  public static Optional<Cause> of(Map<?, ?> alert) {
    return text(alert.get("annotations"))
        .or(() -> text(alert.get("labels")))
        .filter(text -> !text.isBlank())
        .map(Cause::parse);
  }

  private static Optional<String> text(@org.jspecify.annotations.Nullable Object texts) {
    return texts instanceof Map<?, ?> map && map.get(LABEL) instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  /**
   * What a run passes on with all it calls.
   *
   * @param model of the run, as actions see it
   */
  public static String passedOn(Map<String, ?> model) {
    Map<?, ?> run = model.get("run") instanceof Map<?, ?> known ? known : Map.of();
    Map<?, ?> alert = model.get("alert") instanceof Map<?, ?> known ? known : Map.of();
    Optional<Cause> before = of(alert);
    int depth = before.map(Cause::depth).filter(known -> known < 9_999).orElse(0) + 1;
    List<String> via = new ArrayList<>(before.map(Cause::via).orElse(List.of()));
    via.add(String.valueOf(run.get("runbook")));
    List<String> last = via.subList(Math.max(0, via.size() - MOST_NAMES), via.size());
    return new Cause(String.valueOf(run.get("id")), depth, last).asText();
  }

  /** As it travels. */
  public String asText() {
    return "%s;depth=%d;via=%s".formatted(run, depth, String.join(",", via));
  }
}
