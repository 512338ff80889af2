package dev.firebreak.postmortem;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Carries addresses, ids and times through a template whole: escaping would break them for whoever
 * copies them. What could be markup is not taken and is escaped like any other value. Used once, by
 * one thread.
 */
final class Verbatim {
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9:.-]|_(?=[A-Za-z0-9])){0,199}");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:https?|file)://[A-Za-z0-9:/.~%?&=+,_-]{1,2000}");
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Co}\\p{Cs}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");
  private static final Pattern TOKEN = Pattern.compile("\uE000(\\d+)\uE001");

  private final List<String> kept = new ArrayList<>();

  /** A stand-in for an id, a time or a hash. */
  String keep(String text) {
    return WORD.matcher(text).matches() ? token(text) : plain(text);
  }

  /** A stand-in for a link to an address, or the address as plain text. */
  String link(String address) {
    return ADDRESS.matcher(address).matches() ? token("<" + address + ">") : plain(address);
  }

  private String token(String text) {
    kept.add(text);
    return "\uE000" + (kept.size() - 1) + "\uE001";
  }

  /** A value from outside, as one line without what no template takes. */
  static String plain(String text) {
    String line = UNSEEN.matcher(SPACES.matcher(text).replaceAll(" ")).replaceAll("").strip();
    return line.length() <= 1_000 ? line : plain(line.substring(0, 999)) + "…";
  }

  /** The filled-in template with everything in its place. */
  String restore(String rendered) {
    return TOKEN
        .matcher(rendered)
        .replaceAll(token -> Matcher.quoteReplacement(kept.get(Integer.parseInt(token.group(1)))));
  }
}
