package dev.firebreak.ticket.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of {@code ticket.md}: a header of keys between two lines of hyphens, then Markdown.
 * Pure.
 *
 * @param header in the order of the file; values are JSON texts or plain words
 * @param body everything below
 */
record TicketPage(Map<String, String> header, String body) {
  private static final String FENCE = "---";

  TicketPage {
    header = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(header));
  }

  /**
   * Reads what {@link #text} wrote, also after a human edited the body.
   *
   * @throws IllegalArgumentException when the header is gone
   */
  static TicketPage parse(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int end = lines.isEmpty() ? -1 : lines.subList(1, lines.size()).indexOf(FENCE) + 1;
    if (end < 1 || !lines.getFirst().equals(FENCE)) {
      throw new IllegalArgumentException("does not begin with a header between two lines '---'");
    }
    Map<String, String> header = new LinkedHashMap<>();
    for (String line : lines.subList(1, end)) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        header.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return new TicketPage(header, String.join("\n", lines.subList(end + 1, lines.size())).strip());
  }

  String status() {
    return header.getOrDefault("status", "open");
  }

  TicketPage with(String key, String value) {
    Map<String, String> next = new LinkedHashMap<>(header);
    next.put(key, value);
    return new TicketPage(next, body);
  }

  TicketPage withNote(String at, String note) {
    return new TicketPage(header, body + "\n\n---\n\n*" + at + "*\n\n" + note.strip());
  }

  String text() {
    StringBuilder text = new StringBuilder(FENCE).append('\n');
    header.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    return text.append(FENCE).append("\n\n").append(body).append('\n').toString();
  }
}
