package dev.firebreak.escalation;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the {@code when} of a link may ask of.
 *
 * @param severity of the incident as its alert words it; empty when it has none
 * @param hour 0 to 23, of the chain's time zone
 * @param weekday {@code monday}, of the chain's time zone
 */
record Occasion(String severity, int hour, String weekday) {
  /** The names an expression may use. */
  static final Set<String> NAMES = Set.of("severity", "hour", "weekday");

  static Occasion of(String severity, Instant now, ZoneId zone) {
    ZonedDateTime there = now.atZone(zone);
    return new Occasion(
        severity, there.getHour(), there.getDayOfWeek().name().toLowerCase(Locale.ROOT));
  }

  Map<String, Object> asModel() {
    return Map.of("severity", severity, "hour", hour, "weekday", weekday);
  }
}
