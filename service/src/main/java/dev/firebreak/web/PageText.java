package dev.firebreak.web;

import java.io.IOException;
import java.io.Writer;

/**
 * Writes a text into a page so that it can become neither markup nor a disguise: markup characters
 * are escaped, and characters that are invisible or turn the reading direction are shown by name,
 * as in {@code ‹U+202E›}.
 */
final class PageText {
  private static final int JOINER = 0x200D;

  private PageText() {}

  static void write(String text, Writer out) throws IOException {
    int before = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (hidden(point) && !(point == JOINER && before > 0x2000)) {
        out.write("‹U+%04X›".formatted(point));
      } else {
        escape(point, out);
      }
      before = point;
      i += Character.charCount(point);
    }
  }

  private static void escape(int point, Writer out) throws IOException {
    switch (point) {
      case '&' -> out.write("&amp;");
      case '<' -> out.write("&lt;");
      case '>' -> out.write("&gt;");
      case '"' -> out.write("&quot;");
      case '\'' -> out.write("&#39;");
      case '`' -> out.write("&#96;");
      default -> out.write(Character.toString(point));
    }
  }

  /** Controls, marks of direction, zero-width characters, separators and halves of characters. */
  private static boolean hidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point != '\n' && point != '\t' && point != '\r';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }
}
