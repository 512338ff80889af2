package dev.firebreak.ticket;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a ticket system understands text. Templates are written in a little Markdown (headings, bold,
 * list items); values are made inert before they are filled in, so that no template can forget it.
 */
public enum Markup {
  /** CommonMark and its GitHub flavour. */
  MARKDOWN(Inert::markdown, UnaryOperator.identity()),
  /** Redmine's Markdown formatters, with Redmine's own links, macros and mentions. */
  REDMINE_MARKDOWN(Inert::redmine, UnaryOperator.identity()),
  /** Redmine's Textile. */
  TEXTILE(Inert::textile, Markup::textileFromMarkdown);

  private static final Pattern BOLD = Pattern.compile("\\*\\*([^*\\n]+)\\*\\*");

  private final UnaryOperator<String> value;
  private final UnaryOperator<String> document;

  Markup(UnaryOperator<String> value, UnaryOperator<String> document) {
    this.value = value;
    this.document = document;
  }

  /** One line that shows the value and does nothing else: no markup, link, macro or mention. */
  public String value(String untrusted) {
    return value.apply(Inert.oneLine(untrusted));
  }

  /** A filled-in template, in this markup. */
  String document(String markdown) {
    return document.apply(markdown).strip();
  }

  private static String textileFromMarkdown(String text) {
    return BOLD.matcher(text.lines().map(Markup::textileLine).collect(Collectors.joining("\n")))
        .replaceAll("*$1*");
  }

  private static String textileLine(String line) {
    if (line.startsWith("- ")) {
      return "* " + line.substring(2);
    }
    int level = line.startsWith("#") ? line.indexOf(' ') : 0;
    return level > 0 && level <= 3 && line.startsWith("#".repeat(level))
        ? "h" + level + ". " + line.substring(level + 1)
        : line;
  }
}
