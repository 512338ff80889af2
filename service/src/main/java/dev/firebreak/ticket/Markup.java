package dev.firebreak.ticket;

import java.util.function.UnaryOperator;

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
    return text.replaceAll("(?m)^# ", "h1. ")
        .replaceAll("(?m)^## ", "h2. ")
        .replaceAll("(?m)^### ", "h3. ")
        .replaceAll("(?m)^- ", "* ")
        .replaceAll("\\*\\*([^*\\n]+)\\*\\*", "*$1*");
  }
}
