package dev.firebreak.oncall;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A rotation in a time zone. */
record Turns(Rotation rotation, ZoneId zone) implements Layer {
  @Override
  public Optional<String> at(Instant moment) {
    return moment.isBefore(start(0)) || !open(moment)
        ? Optional.empty()
        : Optional.of(rotation.person(shift(moment)));
  }

  private boolean open(Instant moment) {
    return rotation.hours().isEmpty()
        || rotation.hours().stream().anyMatch(hours -> hours.holds(moment, zone));
  }

  @Override
  public SortedSet<Instant> changes(Span span) {
    SortedSet<Instant> changes = new TreeSet<>();
    for (long shift = shift(span.from()); start(shift).isBefore(span.to()); shift++) {
      changes.add(start(shift));
    }
    for (Hours hours : rotation.hours()) {
      for (Span stretch : hours.between(span, zone)) {
        changes.add(stretch.from());
        changes.add(stretch.to());
      }
    }
    return changes;
  }

  private Instant start(long shift) {
    return LocalMoments.of(rotation.start(shift), zone);
  }

  /** The shift a moment lies in; the first one for all moments before it. */
  private long shift(Instant moment) {
    LocalDateTime shown = LocalDateTime.ofInstant(moment, zone);
    long shift = Math.max(0, rotation.every().between(rotation.start(0), shown));
    while (!start(shift + 1).isAfter(moment)) {
      shift++;
    }
    while (shift > 0 && start(shift).isAfter(moment)) {
      shift--;
    }
    return shift;
  }
}
