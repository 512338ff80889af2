package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.calendar.Span;
import dev.firebreak.guard.freeze.Freeze;
import dev.firebreak.guard.freeze.Freezes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Freezes} must do. */
abstract class FreezesContract extends Contract {
  abstract Freezes freezes();

  private Freeze add(Span span, @Nullable String scope) {
    Freeze freeze =
        new Freeze(
            "frz_" + UUID.randomUUID(),
            "move",
            "the racks move",
            "team-cache",
            span,
            Freeze.Mode.HOLD,
            scope,
            "person:ana",
            NOON,
            null);
    write(tx -> freezes().add(tx, freeze));
    return freeze;
  }

  private static Span span(@Nullable String repeat) {
    return Span.parse("2026-11-22T10:00", "2026-11-22T18:00", "Europe/Berlin", repeat);
  }

  private List<Freeze> standing(Instant now) {
    return list(tx -> freezes().standing(tx, now));
  }

  @Test
  void freeze_standsUntilItIsOver() {
    Freeze freeze = add(span(null), "target == 'redis/a'");
    Instant over = freeze.span().over().orElseThrow();
    assertThat(standing(NOON)).contains(freeze);
    assertThat(standing(over)).doesNotContain(freeze);
    assertThat(find(tx -> freezes().find(tx, freeze.id()))).contains(freeze);
  }

  @Test
  void freezeThatRepeatsWithoutEnd_standsForEver() {
    Freeze freeze = add(span("FREQ=WEEKLY;BYDAY=SU,MO"), null);
    assertThat(standing(NOON.plus(Duration.ofDays(4_000)))).contains(freeze);
  }

  @Test
  void daysLeftOut_areKept() {
    Span weekly =
        span("FREQ=WEEKLY").except(java.util.Set.of(java.time.LocalDate.of(2026, 11, 29)));
    Freeze freeze = add(weekly, null);
    assertThat(find(tx -> freezes().find(tx, freeze.id()))).contains(freeze);
  }

  @Test
  void endedFreeze_standsNoMore_andIsEndedOnce() {
    Freeze freeze = add(span(null), null);
    Freeze.End end = new Freeze.End("person:ben", NOON, "done early");
    assertThat(says(tx -> freezes().end(tx, freeze.id(), end))).isTrue();
    assertThat(says(tx -> freezes().end(tx, freeze.id(), end))).isFalse();
    assertThat(standing(NOON)).doesNotContain(freeze);
    assertThat(list(tx -> freezes().history(tx, 50)))
        .anySatisfy(
            past -> {
              assertThat(past.id()).isEqualTo(freeze.id());
              assertThat(past.end()).isEqualTo(end);
            });
  }

  @Test
  void lift_holdsUntilItsEnd() {
    String id = "weekend-" + UUID.randomUUID();
    Freeze.Lift lift =
        new Freeze.Lift(id, NOON.plusSeconds(60), new Freeze.End("person:ana", NOON, "urgent"));
    write(tx -> freezes().lift(tx, lift));
    assertThat(list(tx -> freezes().lifts(tx, NOON))).contains(lift);
    assertThat(list(tx -> freezes().lifts(tx, NOON.plusSeconds(60)))).doesNotContain(lift);
  }
}
