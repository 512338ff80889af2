package dev.firebreak.oncall;

import dev.firebreak.core.Nearest;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Days of the week as people write them. Pure. */
final class Weekdays {
  private static final List<String> NAMES =
      Arrays.stream(DayOfWeek.values()).map(day -> day.name().toLowerCase(Locale.ROOT)).toList();

  private Weekdays() {}

  /** Reads {@code monday}. */
  static DayOfWeek parse(String word) {
    int index = NAMES.indexOf(word.toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw new IllegalArgumentException(
          "there is no weekday '%s' (%s)".formatted(word, Nearest.advice(word, NAMES)));
    }
    return DayOfWeek.of(index + 1);
  }

  /** Reads {@code monday-friday}, {@code saturday,sunday} or {@code daily}. */
  static Set<DayOfWeek> parseAll(String words) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    if (words.equals("daily")) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    for (String part : words.split(",", -1)) {
      String[] ends = part.split("-", 2);
      DayOfWeek last = parse(ends[ends.length - 1]);
      for (DayOfWeek day = parse(ends[0]); day != last; day = day.plus(1)) {
        days.add(day);
      }
      days.add(last);
    }
    return days;
  }
}
