package dev.firebreak.oncall;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a shift is on the clock on the wall: a day from 09:00 ends at 09:00, whatever the clocks
 * did in between. Immutable.
 *
 * @param amount at least 1
 * @param unit hours, days or weeks
 */
public record ShiftLength(int amount, ChronoUnit unit) {
  private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,2})([hdw])");

  /**
   * Reads {@code 12h}, {@code 1d} or {@code 2w}.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  static ShiftLength parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException(
          "'every' of a rotation must be hours, days or weeks like 12h, 1d or 1w, not '"
              + text
              + "'");
    }
    ChronoUnit unit =
        switch (written.group(2)) {
          case "h" -> ChronoUnit.HOURS;
          case "d" -> ChronoUnit.DAYS;
          default -> ChronoUnit.WEEKS;
        };
    return new ShiftLength(Integer.parseInt(written.group(1)), unit);
  }

  /** What the clock shows so many shifts later. */
  LocalDateTime after(LocalDateTime first, long shifts) {
    return first.plus(amount * shifts, unit);
  }

  /**
   * How many whole shifts lie between two times of the wall; negative when they are the other way.
   */
  long between(LocalDateTime first, LocalDateTime then) {
    return Math.floorDiv(unit.between(first, then), amount);
  }
}
