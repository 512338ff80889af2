package dev.firebreak.channel.sms;

import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Words;

/**
 * A notice short enough for some segments of a short message, its link whole. Pure.
 *
 * <p>A message of the GSM 03.38 alphabet has 160 characters, or 153 in each of several; one
 * character outside of it makes the whole message UCS-2: 70, or 67 in each of several.
 */
final class ShortText {
  /** What the interface takes at most, whatever it is sent as. */
  static final int MAX_BODY = 1_600;

  private static final int MAX_SUBJECT = 160;
  private static final String PLAIN =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final String ESCAPED = "^{}\\[~]|€";

  private ShortText() {}

  static String of(Notice notice, int segments) {
    String subject = plain(Words.line(notice.subject(), MAX_SUBJECT));
    String text = plain(Words.lines(notice.text(), MAX_BODY));
    String link = notice.link() == null ? "" : Words.line(notice.link(), MAX_BODY);
    String words = text.isEmpty() ? subject : subject + "\n" + text;
    String whole = joined(words, link);
    if (fits(whole, segments)) {
      return whole;
    }
    int low = 0;
    int high = words.length();
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (fits(joined(cut(words, middle), link), segments)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    String fitting = joined(cut(words, low), link);
    return fits(fitting, segments) ? fitting : joined(cut(words, MAX_SUBJECT), "");
  }

  private static String joined(String words, String link) {
    return link.isEmpty() ? words : words.isEmpty() ? link : words + "\n" + link;
  }

  private static String cut(String words, int length) {
    if (length >= words.length()) {
      return words;
    }
    boolean half = length > 0 && Character.isHighSurrogate(words.charAt(length - 1));
    String kept = words.substring(0, half ? length - 1 : length).stripTrailing();
    return kept.isEmpty() ? "" : kept + "...";
  }

  private static boolean fits(String text, int segments) {
    return text.length() <= MAX_BODY && segments(text) <= segments;
  }

  /** How many segments a text becomes. */
  static int segments(String text) {
    int units = 0;
    for (int i = 0; i < text.length(); i++) {
      char at = text.charAt(i);
      if (PLAIN.indexOf(at) >= 0) {
        units++;
      } else if (ESCAPED.indexOf(at) >= 0) {
        units += 2;
      } else {
        return count(text.length(), 70, 67);
      }
    }
    return count(units, 160, 153);
  }

  private static int count(int units, int alone, int together) {
    return units <= alone ? 1 : (units + together - 1) / together;
  }

  /** Without the characters that texts have for beauty only and that would halve the room. */
  private static String plain(String text) {
    return text.replace('–', '-')
        .replace('—', '-')
        .replace('‘', '\'')
        .replace('’', '\'')
        .replace('“', '"')
        .replace('”', '"')
        .replace("…", "...")
        .replace('\u00A0', ' ')
        .replace('\t', ' ')
        .replace("→", "->")
        .replace('•', '-')
        .replace('`', '\'');
  }
}
