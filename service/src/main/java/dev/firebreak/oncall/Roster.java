package dev.firebreak.oncall;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who is really on call: the plan, with every cover and every absence. Immutable. */
public final class Roster {
  private final ZoneId timezone;
  private final List<Layer> layers;
  private final List<Cover> covers;
  private final List<Absence> absences;

  /**
   * @param covers of this schedule, at least those that meet the moments that are asked for
   * @param absences of anybody
   */
  Roster(Schedule schedule, List<Cover> covers, List<Absence> absences) {
    this.timezone = schedule.timezone();
    this.layers = schedule.layers();
    this.covers = List.copyOf(covers);
    this.absences = List.copyOf(absences);
  }

  /** The plan alone, as the configuration has it. */
  public static Roster planned(Schedule schedule) {
    return new Roster(schedule, List.of(), List.of());
  }

  /** Whose clock on the wall it follows. */
  public ZoneId timezone() {
    return timezone;
  }

  private record Post(@Nullable String person, @Nullable String planned) {}

  /** Who is on call at a moment; empty when nobody is. */
  public Optional<String> at(Instant moment) {
    return Optional.ofNullable(post(moment).person());
  }

  private Post post(Instant moment) {
    String planned =
        layers.stream().flatMap(layer -> layer.at(moment).stream()).findFirst().orElse(null);
    String taken =
        covers.stream()
            .filter(cover -> cover.span().holds(moment))
            .max(Comparator.comparing(Cover::id))
            .map(Cover::person)
            .orElse(planned);
    String person = taken == null ? null : new StandIns(absences).of(taken, moment);
    return new Post(person, Objects.equals(person, planned) ? null : planned);
  }

  /** Every shift within a span, cut at its ends, in order. */
  public List<Shift> shifts(Span span) {
    List<Shift> shifts = new ArrayList<>();
    for (Stretch stretch : stretches(span)) {
      String person = stretch.post().person();
      if (person != null) {
        shifts.add(new Shift(person, stretch.span(), stretch.post().planned()));
      }
    }
    return List.copyOf(shifts);
  }

  /** Every stretch within a span in which nobody is on call, in order. */
  public List<Span> gaps(Span span) {
    return stretches(span).stream()
        .filter(stretch -> stretch.post().person() == null)
        .map(Stretch::span)
        .toList();
  }

  private record Stretch(Post post, Span span) {}

  /** Neighbours that are the same are one. */
  private List<Stretch> stretches(Span span) {
    List<Stretch> stretches = new ArrayList<>();
    Instant from = span.from();
    Post post = post(from);
    for (Instant change : changes(span)) {
      Post next = post(change);
      if (!next.equals(post)) {
        stretches.add(new Stretch(post, new Span(from, change)));
        from = change;
        post = next;
      }
    }
    stretches.add(new Stretch(post, new Span(from, span.to())));
    return stretches;
  }

  private SortedSet<Instant> changes(Span span) {
    SortedSet<Instant> changes = new TreeSet<>();
    layers.forEach(layer -> changes.addAll(layer.changes(span)));
    covers.forEach(cover -> add(changes, cover.span()));
    absences.forEach(absence -> add(changes, absence.span()));
    changes.removeIf(change -> !change.isAfter(span.from()) || !change.isBefore(span.to()));
    return changes;
  }

  private static void add(SortedSet<Instant> changes, Span span) {
    changes.add(span.from());
    changes.add(span.to());
  }
}
