package dev.firebreak.channel.smtp;

import dev.firebreak.channel.Matter;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Words;
import java.util.regex.Pattern;

/**
 * A notice as the HTML half of a mail: every value escaped, nothing loaded from anywhere, readable
 * in the dark. Pure.
 */
final class Page {
  private static final int MAX_SUBJECT = 200;
  private static final int MAX_ADDRESS = 2_000;
  private static final Pattern WEB = Pattern.compile("(?i)https?://.+");
  private static final String HTML =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>%1$s</title></head>
      <body style="font-family: system-ui, sans-serif; font-size: 15px; line-height: 1.5; margin: 16px">
      <div style="max-width: 640px; border-left: 4px solid %2$s; padding-left: 14px">
      <h1 style="font-size: 18px; margin: 0 0 10px">%1$s</h1>
      <div style="white-space: pre-wrap; overflow-wrap: anywhere">%3$s</div>
      %4$s</div>
      </body>
      </html>
      """;
  private static final String BUTTON =
      """
      <p style="margin: 16px 0 0"><a href="%1$s" style="display: inline-block; padding: 8px 14px; \
      border-radius: 6px; background: #1f56b8; color: #ffffff; text-decoration: none">Open in Firebreak</a></p>
      <p style="font-size: 12px; overflow-wrap: anywhere">%1$s</p>
      """;

  private Page() {}

  static String of(Notice notice, int longestText) {
    return HTML.formatted(
        escaped(Words.line(notice.subject(), MAX_SUBJECT)),
        colour(notice.matter()),
        escaped(Words.lines(notice.text(), longestText)).replace("\n", "<br>"),
        button(notice.link()));
  }

  private static String button(@org.jspecify.annotations.Nullable String link) {
    String address = link == null ? "" : Words.line(link, MAX_ADDRESS);
    return WEB.matcher(address).matches() ? BUTTON.formatted(escaped(address)) : "";
  }

  private static String colour(Matter matter) {
    if (matter.stage() == Matter.Stage.RESOLVED) {
      return "#12713f";
    }
    return switch (matter.severity() == null ? Matter.Grade.INFO : matter.grade()) {
      case CRITICAL, ERROR -> "#bb1f27";
      case WARNING -> "#d98e04";
      case INFO -> "#1b53b3";
    };
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
