package dev.firebreak.oncall;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * People who take turns.
 *
 * @param people in order; never empty, at most 100
 * @param every how long each has it
 * @param handover when it goes to the next
 * @param from the first hand-over is on this date or after it; before, nobody has it
 * @param hours only in these hours of the week; empty for always
 */
public record Rotation(
    List<String> people, ShiftLength every, Handover handover, LocalDate from, List<Hours> hours) {
  private static final int MOST_PEOPLE = 100;
  private static final int MOST_HOURS = 20;

  public Rotation {
    if (people.isEmpty() || people.size() > MOST_PEOPLE) {
      throw new IllegalArgumentException("'people' of a rotation must be 1 to 100, in their order");
    }
    if (people.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("'people' of a rotation has an empty name");
    }
    if (hours.size() > MOST_HOURS) {
      throw new IllegalArgumentException("'hours' of a rotation must be at most 20");
    }
    if (every.unit() == ChronoUnit.WEEKS && handover.day() == null) {
      throw new IllegalArgumentException(
          "'handover' of a rotation of weeks needs a weekday: 'monday 09:00'");
    }
    if (every.unit() != ChronoUnit.WEEKS && handover.day() != null) {
      throw new IllegalArgumentException(
          "'handover' of a rotation of hours or days has no weekday: '09:00'; 'from' says the day");
    }
    people = List.copyOf(people);
    hours = List.copyOf(hours);
  }

  /** As configuration writes it. */
  @JsonCreator
  static Rotation of(
      @JsonProperty("people") @Nullable List<String> people,
      @JsonProperty("every") @Nullable String every,
      @JsonProperty("handover") @Nullable String handover,
      @JsonProperty("from") @Nullable String from,
      @JsonProperty("hours") @Nullable List<String> hours) {
    return new Rotation(
        people == null ? List.of() : people,
        ShiftLength.parse(needed("every", every)),
        Handover.parse(needed("handover", handover)),
        date(needed("from", from)),
        hours == null ? List.of() : hours.stream().map(Hours::parse).toList());
  }

  private static String needed(String key, @Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException("'" + key + "' of a rotation is missing");
    }
    return value;
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'from' of a rotation must be a date like 2026-11-02, not '" + text + "'", e);
    }
  }

  /** What the clock on the wall shows when a shift begins, from 0. */
  LocalDateTime start(long shift) {
    return every.after(handover.first(from), shift);
  }

  /** Who has a shift, from 0. */
  String person(long shift) {
    return people.get((int) (shift % people.size()));
  }
}
