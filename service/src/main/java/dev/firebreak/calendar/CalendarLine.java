package dev.firebreak.calendar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One line of a calendar file, unfolded: {@code DTSTART;TZID=Europe/Berlin:20261220T180000}.
 *
 * @param number where it begins in the file, from 1
 * @param name in capitals
 * @param parameters by name in capitals, without quotes
 * @param value as it is written
 */
record CalendarLine(int number, String name, Map<String, String> parameters, String value) {
  private static final int LONGEST = 200_000;

  /** All lines of a file. */
  static List<CalendarLine> all(String text) {
    List<CalendarLine> lines = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int begun = 0;
    int number = 0;
    for (String raw : text.replace("\uFEFF", "").split("\r\n|\n|\r", -1)) {
      number++;
      boolean folded = raw.startsWith(" ") || raw.startsWith("\t");
      if (folded && !open.isEmpty()) {
        open.append(raw, 1, raw.length());
        continue;
      }
      add(lines, begun, open);
      open.setLength(0);
      open.append(raw);
      begun = number;
    }
    add(lines, begun, open);
    return lines;
  }

  private static void add(List<CalendarLine> lines, int number, StringBuilder text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("line %d is too long".formatted(number));
    }
    if (!text.toString().isBlank()) {
      lines.add(of(number, text.toString()));
    }
  }

  /** Colons and semicolons in quotes belong to a parameter. */
  private static CalendarLine of(int number, String text) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (!quoted && (c == ';' || c == ':')) {
        parts.add(text.substring(begin, i));
        begin = i + 1;
        if (c == ':') {
          return new CalendarLine(
              number, upper(parts.getFirst()), parameters(parts), text.substring(begin).strip());
        }
      }
    }
    throw new IllegalArgumentException(
        "line %d: this is no line of a calendar: a colon is missing".formatted(number));
  }

  private static Map<String, String> parameters(List<String> parts) {
    Map<String, String> parameters = new TreeMap<>();
    for (String part : parts.subList(1, parts.size())) {
      int sign = part.indexOf('=');
      parameters.put(
          upper(part.substring(0, Math.max(0, sign))), part.substring(sign + 1).replace("\"", ""));
    }
    return parameters;
  }

  private static String upper(String text) {
    return text.strip().toUpperCase(Locale.ROOT);
  }

  boolean is(String wanted, String word) {
    return name.equals(wanted) && word().equals(word);
  }

  /** The value in capitals. */
  String word() {
    return upper(value);
  }

  @Nullable String parameter(String wanted) {
    return parameters.get(wanted);
  }

  /** Whether it names days, not times. */
  boolean wholeDay() {
    return "DATE".equalsIgnoreCase(parameters.get("VALUE")) || value.length() == 8;
  }

  /** The value with its escapes resolved. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        char next = value.charAt(++i);
        text.append(next == 'n' || next == 'N' ? '\n' : next);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** What is wrong here, for whoever has the file before them. */
  IllegalArgumentException fault(String what) {
    return new IllegalArgumentException("line %d: %s".formatted(number, what));
  }

  IllegalArgumentException fault(String what, Throwable cause) {
    String named = "line " + number + ": ";
    return new IllegalArgumentException(what.startsWith("line ") ? what : named + what, cause);
  }
}
