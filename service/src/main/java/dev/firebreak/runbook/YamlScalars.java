package dev.firebreak.runbook;

import dev.firebreak.runbook.YamlNode.Scalar;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Says what a single value is; a plain word that other YAML readers take for something else is an
 * error.
 */
final class YamlScalars {
  private static final Pattern NULL = Pattern.compile("|~|null");
  private static final Pattern FLAG = Pattern.compile("true|false");
  private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");
  private static final Pattern FRACTION =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,30})(?:\\.[0-9]{1,30})?(?:[eE][-+]?[0-9]{1,4})?");
  private static final Pattern AMBIGUOUS =
      Pattern.compile(
          "(?i:yes|no|on|off|true|false|null)"
              + "|[-+]?\\.(?i:inf|nan)"
              + "|[-+]?0[0-9_]+|[-+]?0[xXoObB][0-9a-fA-F_]+"
              + "|[-+]?[0-9][0-9_]*(?:\\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"
              + "|[-+]?\\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?"
              + "|<<|=");

  private YamlScalars() {}

  static Scalar read(ScalarEvent event, Scalar at, Findings findings) {
    String text = event.getValue();
    char style = style(event);
    return new Scalar(
        style == ' ' ? plain(text, at, findings) : text, style, at.line(), at.column());
  }

  private static char style(ScalarEvent event) {
    return switch (event.getScalarStyle()) {
      case DOUBLE_QUOTED -> '"';
      case SINGLE_QUOTED -> '\'';
      case LITERAL -> '|';
      case FOLDED -> '>';
      default -> ' ';
    };
  }

  private static @Nullable Object plain(String text, Scalar at, Findings findings) {
    if (NULL.matcher(text).matches()) {
      return null;
    }
    if (FLAG.matcher(text).matches()) {
      return Boolean.valueOf(text);
    }
    if (WHOLE.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    if (FRACTION.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))) {
      return Double.valueOf(text);
    }
    if (AMBIGUOUS.matcher(text).matches()) {
      findings.error(
          at,
          "ambiguous",
          "'" + text + "' can be read in more than one way",
          "write \"" + text + "\" in quotes for a text, else a plain number, true or false");
    }
    return text;
  }
}
