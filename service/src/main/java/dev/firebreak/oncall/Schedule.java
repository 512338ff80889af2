package dev.firebreak.oncall;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is on call when.
 *
 * @param timezone whose clock on the wall the hand-overs follow
 * @param rotations the first one that has somebody at a moment counts; never empty, at most 20
 */
public record Schedule(ZoneId timezone, List<Rotation> rotations) {
  private static final int MOST = 20;

  public Schedule {
    if (rotations.isEmpty() || rotations.size() > MOST) {
      throw new IllegalArgumentException("'rotations' of a schedule must be 1 to 20");
    }
    rotations = List.copyOf(rotations);
  }

  /** As configuration writes it. */
  @JsonCreator
  static Schedule of(
      @JsonProperty("timezone") @Nullable String timezone,
      @JsonProperty("rotations") @Nullable List<Rotation> rotations) {
    if (timezone == null) {
      throw new IllegalArgumentException(
          "'timezone' of a schedule is missing: like Europe/Berlin, or UTC");
    }
    return new Schedule(zone(timezone), rotations == null ? List.of() : rotations);
  }

  /**
   * Reads a time zone.
   *
   * @throws IllegalArgumentException when there is none of this name
   */
  public static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'timezone' must be a name like Europe/Berlin, or UTC, not '" + text + "'", e);
    }
  }

  /** Everybody who may be on call. */
  public Set<String> people() {
    Set<String> people = new LinkedHashSet<>();
    rotations.forEach(rotation -> people.addAll(rotation.people()));
    return people;
  }

  /** In the order in which they are asked. */
  List<Layer> layers() {
    return rotations.stream().<Layer>map(rotation -> new Turns(rotation, timezone)).toList();
  }
}
