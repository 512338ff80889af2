package dev.firebreak.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * On which days something begins again: the rules of RFC 5545 that name days. Immutable.
 *
 * @param text the rule as it was written
 * @param first the day of the first time
 * @param every how many days, weeks, months or years apart
 * @param days {@code BYDAY}; empty for those that are like the first
 * @param monthDays {@code BYMONTHDAY}, negative ones from the end
 * @param months {@code BYMONTH}
 * @param last the last day on which it may begin, or null for no end
 * @param except days on which it does not begin all the same
 */
public record Repeat(
    String text,
    LocalDate first,
    Frequency frequency,
    int every,
    List<Day> days,
    Set<Integer> monthDays,
    Set<Integer> months,
    @Nullable LocalDate last,
    Set<LocalDate> except) {
  private static final Pattern DAY = Pattern.compile("([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)");
  private static final int MOST_YEARS = 50;
  private static final List<String> KNOWN =
      List.of("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "COUNT", "UNTIL", "WKST");

  /** What the days are counted in. */
  enum Frequency {
    DAILY,
    WEEKLY,
    MONTHLY,
    YEARLY
  }

  /**
   * A day of the week.
   *
   * @param which of its month, from the end when negative; 0 for each
   */
  record Day(int which, DayOfWeek day) {
    boolean is(LocalDate date) {
      return date.getDayOfWeek() == day
          && (which == 0 || date.equals(date.with(TemporalAdjusters.dayOfWeekInMonth(which, day))));
    }
  }

  public Repeat {
    days = List.copyOf(days);
    monthDays = Set.copyOf(monthDays);
    months = Set.copyOf(months);
    except = Set.copyOf(except);
  }

  /**
   * Reads a rule.
   *
   * @param begin when it first begins
   * @throws IllegalArgumentException when it is none, or one that names more than days
   */
  static Repeat parse(String text, LocalDateTime begin, ZoneId zone) {
    Map<String, String> parts = parts(text);
    String words = parts.getOrDefault("FREQ", "");
    Frequency frequency =
        Stream.of(Frequency.values())
            .filter(known -> known.name().equals(words))
            .findFirst()
            .orElseThrow(() -> fault(text, "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY"));
    int every = number(text, parts.getOrDefault("INTERVAL", "1"));
    Repeat endless =
        new Repeat(
            text,
            begin.toLocalDate(),
            frequency,
            every,
            days(text, parts.get("BYDAY"), frequency),
            numbers(text, parts.get("BYMONTHDAY"), 31),
            numbers(text, parts.get("BYMONTH"), 12),
            null,
            Set.of());
    return endless.ending(parts, zone);
  }

  private static Map<String, String> parts(String text) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : text.toUpperCase(Locale.ROOT).split(";", -1)) {
      int sign = part.indexOf('=');
      String name = part.substring(0, Math.max(0, sign)).strip();
      if (!KNOWN.contains(name)) {
        throw fault(text, "'%s' is not understood; known are %s".formatted(part, KNOWN));
      }
      parts.put(name, part.substring(sign + 1).strip());
    }
    if (!parts.getOrDefault("WKST", "MO").equals("MO")) {
      throw fault(text, "weeks begin on Monday here: WKST must be MO");
    }
    return parts;
  }

  private static IllegalArgumentException fault(String text, String what) {
    return new IllegalArgumentException("repeat: '%s': %s".formatted(text, what));
  }

  private static int number(String text, String digits) {
    if (!digits.matches("[1-9][0-9]{0,3}")) {
      throw fault(text, "'" + digits + "' must be a number from 1 to 9999");
    }
    return Integer.parseInt(digits);
  }

  private static Set<Integer> numbers(String text, @Nullable String list, int most) {
    Set<Integer> numbers = new TreeSet<>();
    for (String one : list == null ? new String[0] : list.split(",", -1)) {
      if (!one.matches("[+-]?[1-9][0-9]?") || Math.abs(Integer.parseInt(one)) > most) {
        throw fault(text, "'%s' must be a number up to %d".formatted(one, most));
      }
      numbers.add(Integer.parseInt(one));
    }
    return numbers;
  }

  private static List<Day> days(String text, @Nullable String list, Frequency frequency) {
    return Stream.of(list == null ? new String[0] : list.split(",", -1))
        .map(one -> day(text, one, frequency))
        .toList();
  }

  private static Day day(String text, String one, Frequency frequency) {
    Matcher matcher = DAY.matcher(one);
    if (!matcher.matches()) {
      throw fault(text, "'" + one + "' is no day; write MO, TU, WE, TH, FR, SA or SU");
    }
    int which = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
    if (which != 0 && frequency != Frequency.MONTHLY) {
      throw fault(text, "'" + one + "': a numbered day needs FREQ=MONTHLY");
    }
    String name = matcher.group(2);
    return new Day(
        which,
        Stream.of(DayOfWeek.values())
            .filter(day -> day.name().startsWith(name))
            .findFirst()
            .orElseThrow());
  }

  private Repeat ending(Map<String, String> parts, ZoneId zone) {
    String until = parts.get("UNTIL");
    String count = parts.get("COUNT");
    if (until != null && count != null) {
      throw fault(text, "UNTIL and COUNT exclude one another");
    }
    if (until != null) {
      return until(
          CalendarTime.parse(until, zone)
              .orElseThrow(() -> fault(text, "UNTIL must be like 20261231 or 20261231T235959Z"))
              .toLocalDate());
    }
    return count == null ? this : until(counted(number(text, count)));
  }

  private LocalDate counted(int count) {
    return first
        .datesUntil(first.plusYears(MOST_YEARS))
        .filter(this::on)
        .skip(count - 1L)
        .findFirst()
        .orElseThrow(() -> fault(text, "COUNT reaches further than 50 years"));
  }

  private Repeat until(LocalDate end) {
    return new Repeat(text, first, frequency, every, days, monthDays, months, end, except);
  }

  /** The same, but not on these days. */
  Repeat except(Set<LocalDate> not) {
    return new Repeat(text, first, frequency, every, days, monthDays, months, last, not);
  }

  /** Whether it begins on this day; on the first one it does, whatever the rule says. */
  boolean on(LocalDate date) {
    return !date.isBefore(first)
        && (last == null || !date.isAfter(last))
        && !except.contains(date)
        && (date.equals(first) || (inStep(date) && like(date)));
  }

  private boolean inStep(LocalDate date) {
    long apart =
        switch (frequency) {
          case DAILY -> ChronoUnit.DAYS.between(first, date);
          case WEEKLY -> ChronoUnit.WEEKS.between(monday(first), monday(date));
          case MONTHLY ->
              ChronoUnit.MONTHS.between(first.withDayOfMonth(1), date.withDayOfMonth(1));
          case YEARLY -> date.getYear() - first.getYear();
        };
    return apart % every == 0;
  }

  private static LocalDate monday(LocalDate date) {
    return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private boolean like(LocalDate date) {
    if (!months.isEmpty() && !months.contains(date.getMonthValue())) {
      return false;
    }
    if (!days.isEmpty() || !monthDays.isEmpty()) {
      return (days.isEmpty() || days.stream().anyMatch(day -> day.is(date)))
          && (monthDays.isEmpty() || onMonthDay(date));
    }
    return switch (frequency) {
      case DAILY -> true;
      case WEEKLY -> date.getDayOfWeek() == first.getDayOfWeek();
      case MONTHLY -> date.getDayOfMonth() == first.getDayOfMonth();
      case YEARLY ->
          date.getDayOfMonth() == first.getDayOfMonth()
              && (!months.isEmpty() || date.getMonth() == first.getMonth());
    };
  }

  private boolean onMonthDay(LocalDate date) {
    int fromEnd = date.getDayOfMonth() - date.lengthOfMonth() - 1;
    return monthDays.contains(date.getDayOfMonth()) || monthDays.contains(fromEnd);
  }
}
