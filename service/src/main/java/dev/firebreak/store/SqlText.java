package dev.firebreak.store;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement with its named arguments as places.
 *
 * @param sql with a question mark for each argument
 * @param names of the arguments, in their order
 */
record SqlText(String sql, List<String> names) {
  SqlText {
    names = List.copyOf(names);
  }

  /** Reads {@code :name}; what is quoted, and PostgreSQL's {@code ::}, stays as it is. */
  static SqlText parse(String text) {
    StringBuilder sql = new StringBuilder();
    List<String> names = new ArrayList<>();
    boolean quoted = false;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      quoted ^= c == '\'';
      int end = quoted || c != ':' ? at : end(text, at + 1);
      if (end > at + 1) {
        names.add(text.substring(at + 1, end));
        sql.append('?');
        at = end - 1;
      } else {
        sql.append(c);
        if (!quoted && c == ':' && text.startsWith(":", at + 1)) {
          sql.append(text.charAt(++at));
        }
      }
    }
    return new SqlText(sql.toString(), names);
  }

  private static int end(String text, int begin) {
    int end = begin;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
