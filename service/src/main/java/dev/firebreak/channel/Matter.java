package dev.firebreak.channel;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a notice is about.
 *
 * @param severity the incident's, as its sender words it, or null
 * @param stage how far the incident is
 */
public record Matter(@Nullable String severity, Stage stage) {
  /** Nothing is known but the words. */
  public static final Matter UNKNOWN = new Matter(null, Stage.NEWS);

  private static final Map<String, Grade> GRADES =
      Map.ofEntries(
          Map.entry("critical", Grade.CRITICAL),
          Map.entry("fatal", Grade.CRITICAL),
          Map.entry("emergency", Grade.CRITICAL),
          Map.entry("disaster", Grade.CRITICAL),
          Map.entry("page", Grade.CRITICAL),
          Map.entry("p1", Grade.CRITICAL),
          Map.entry("sev1", Grade.CRITICAL),
          Map.entry("warning", Grade.WARNING),
          Map.entry("warn", Grade.WARNING),
          Map.entry("minor", Grade.WARNING),
          Map.entry("average", Grade.WARNING),
          Map.entry("p3", Grade.WARNING),
          Map.entry("sev3", Grade.WARNING),
          Map.entry("info", Grade.INFO),
          Map.entry("information", Grade.INFO),
          Map.entry("low", Grade.INFO),
          Map.entry("none", Grade.INFO),
          Map.entry("ok", Grade.INFO),
          Map.entry("p4", Grade.INFO),
          Map.entry("p5", Grade.INFO));

  public Matter {
    severity = severity == null || severity.isBlank() ? null : severity;
  }

  /** How far the incident is. */
  public enum Stage {
    /** There is something to tell of it. */
    NEWS,
    /** Somebody took it, and that is what is told. */
    ACKNOWLEDGED,
    /** It is over, whatever is told. */
    RESOLVED
  }

  /** How bad it is, on the scale most paging services have. */
  public enum Grade {
    CRITICAL,
    ERROR,
    WARNING,
    INFO
  }

  /** The severity on that scale; a word nobody knows is an error: too loud rather than unheard. */
  public Grade grade() {
    String word = severity == null ? "" : severity.strip().toLowerCase(Locale.ROOT);
    return GRADES.getOrDefault(word, Grade.ERROR);
  }
}
