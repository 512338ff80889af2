package dev.firebreak.guard;

import dev.firebreak.runbook.Runbook;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the halt switch was set for: everything, or the changes of one team, service, runbook or
 * kind of action.
 *
 * @param name of the team, service, runbook or action; empty for everything, and only then
 */
public record HaltScope(Kind kind, String name) {
  /** Every change. */
  public static final HaltScope ALL = new HaltScope(Kind.ALL, "");

  private static final int LONGEST = 200;
  private static final int NAMED = 20;

  public HaltScope {
    if ((kind == Kind.ALL) != name.isEmpty() || !name.equals(name.strip())) {
      throw new IllegalArgumentException(
          "scope: name what is halted, as in team:shop, or all; '%s:%s' means nothing"
              .formatted(kind.asText(), name));
    }
    if (name.length() > LONGEST) {
      throw new IllegalArgumentException("scope: must be at most %d characters".formatted(LONGEST));
    }
  }

  /** By what a change is known to belong. */
  public enum Kind {
    /** Everything belongs. */
    ALL,
    /** By the owner of its runbook. */
    TEAM,
    /** By the label {@code service} of its alert. */
    SERVICE,
    /** By the name of its runbook. */
    RUNBOOK,
    /** By the action that makes it. */
    ACTION;

    /** {@code team}, as JSON and labels write it. */
    public String asText() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads what {@link #asText} writes.
   *
   * @throws IllegalArgumentException when it is none, saying how one is written
   */
  public static HaltScope parse(String text) {
    String word = text.strip();
    int colon = word.indexOf(':');
    String kind = colon < 0 ? word : word.substring(0, colon).strip();
    return Stream.of(Kind.values())
        .filter(known -> known.asText().equals(kind.toLowerCase(Locale.ROOT)))
        .filter(known -> colon >= 0 || known == Kind.ALL)
        .findFirst()
        .map(known -> new HaltScope(known, colon < 0 ? "" : word.substring(colon + 1).strip()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "scope: '%s': must be all, team:…, service:…, runbook:… or action:…"
                        .formatted(text)));
  }

  /** {@code all}, or {@code team:shop}. */
  public String asText() {
    return kind == Kind.ALL ? kind.asText() : kind.asText() + ":" + name;
  }

  /** {@code everything}, or {@code team shop}, in a sentence. */
  public String inWords() {
    return kind == Kind.ALL ? "everything" : kind.asText() + " " + name;
  }

  /** Whether a change belongs to it. */
  public boolean means(ChangeMarks marks) {
    return switch (kind) {
      case ALL -> true;
      case TEAM -> marks.team().equals(name);
      case SERVICE -> marks.service().equals(name);
      case RUNBOOK -> marks.runbook().equals(name);
      case ACTION -> marks.action().equals(name);
    };
  }

  /**
   * Why it means nothing here: a name that no runbook knows halts nothing, and who mistyped it at
   * night has to hear so. Services are known by alerts only, so any name of one may be right.
   */
  public Optional<String> fault(Collection<Runbook> runbooks) {
    List<String> known =
        switch (kind) {
          case ALL, SERVICE -> List.of(name);
          case TEAM -> names(runbooks, book -> Stream.of(book.owner()));
          case RUNBOOK -> names(runbooks, book -> Stream.of(book.name()));
          case ACTION -> names(runbooks, HaltScope::changes);
        };
    return known.contains(name)
        ? Optional.empty()
        : Optional.of(
            "'%s' would halt nothing: %s '%s'. There is %s"
                .formatted(
                    asText(),
                    switch (kind) {
                      case TEAM -> "no runbook has the owner";
                      case ACTION -> "no runbook changes anything by the action";
                      default -> "there is no runbook";
                    },
                    name,
                    known.isEmpty()
                        ? "none"
                        : String.join(", ", known.stream().limit(NAMED).toList())));
  }

  /** Every part of automation that can be halted by name, as text. */
  public static List<String> known(Collection<Runbook> runbooks) {
    return Stream.of(
            names(runbooks, book -> Stream.of("team:" + book.owner())),
            names(runbooks, book -> Stream.of("runbook:" + book.name())),
            names(runbooks, book -> changes(book).map("action:"::concat)))
        .flatMap(List::stream)
        .toList();
  }

  private static Stream<String> changes(Runbook book) {
    return book.remediate().stream().flatMap(ChangeMarks::actions);
  }

  private static List<String> names(
      Collection<Runbook> runbooks, Function<Runbook, Stream<String>> of) {
    return runbooks.stream().flatMap(of).distinct().sorted().toList();
  }
}
