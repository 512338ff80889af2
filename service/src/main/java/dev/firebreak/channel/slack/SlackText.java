package dev.firebreak.channel.slack;

import dev.firebreak.channel.Words;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Writes values so that a chat shows them and does nothing else with them. Pure. */
final class SlackText {
  private static final String BREAK = "\u200B";
  private static final Pattern MENTION = Pattern.compile("@(?=[\\p{L}\\p{N}_])");

  private SlackText() {}

  /** One line of at most so many characters, escapes included. */
  static String line(String text, int longest) {
    return fitting(Words::line, text, longest);
  }

  /** Lines of at most so many characters, escapes included. */
  static String lines(String text, int longest) {
    return fitting(Words::lines, text, longest);
  }

  private static String fitting(BiFunction<String, Integer, String> cut, String text, int longest) {
    int room = longest;
    String inert = inert(cut.apply(text, room));
    while (inert.length() > longest) {
      room = Math.min(room - 1, room * longest / inert.length());
      inert = inert(cut.apply(text, room));
    }
    return inert;
  }

  /** Slack's own three characters escaped; mentions and Markdown links of its likes broken. */
  private static String inert(String text) {
    String broken = MENTION.matcher(text).replaceAll("@" + BREAK).replace("](", "]" + BREAK + "(");
    return broken.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** An address that cannot end the link it stands in. */
  static String address(String link) {
    return Words.line(link, 2_000)
        .replace("&", "&amp;")
        .replace("<", "%3C")
        .replace(">", "%3E")
        .replace("|", "%7C")
        .replace(" ", "%20");
  }
}
