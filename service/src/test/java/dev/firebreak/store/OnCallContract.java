package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.oncall.Absence;
import dev.firebreak.oncall.Cover;
import dev.firebreak.oncall.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What covers and absences must do. */
abstract class OnCallContract extends Contract {
  @Override
  abstract Database database();

  private final String schedule = Samples.id("schedule");
  private final Span hour = new Span(NOON, NOON.plusSeconds(3600));

  @Test
  void covers_ofASpan_areThoseOfTheScheduleThatMeetIt() {
    Cover one = cover(hour);
    Cover later = cover(new Span(hour.to(), hour.to().plusSeconds(1)));
    write(tx -> database().covers().add(tx, one));
    write(tx -> database().covers().add(tx, later));

    assertThat(list(tx -> database().covers().of(tx, schedule, hour))).containsExactly(one);
    assertThat(list(tx -> database().covers().of(tx, "other", hour))).isEmpty();
    assertThat(find(tx -> database().covers().find(tx, later.id()))).contains(later);

    write(tx -> database().covers().remove(tx, one.id()));
    assertThat(list(tx -> database().covers().of(tx, schedule, hour))).isEmpty();
  }

  @Test
  void absences_ofASpan_areThoseThatMeetIt() {
    Absence one = new Absence(Samples.id("abs"), schedule, "bo", hour, "", "ana", NOON);
    write(tx -> database().absences().add(tx, one));

    assertThat(mine(hour)).containsExactly(one);
    assertThat(mine(new Span(hour.to(), hour.to().plusSeconds(1)))).isEmpty();
    assertThat(find(tx -> database().absences().find(tx, one.id()))).contains(one);

    write(tx -> database().absences().remove(tx, one.id()));
    assertThat(mine(hour)).isEmpty();
  }

  private List<Absence> mine(Span span) {
    return list(tx -> database().absences().of(tx, span)).stream()
        .filter(absence -> absence.person().equals(schedule))
        .toList();
  }

  private Cover cover(Span span) {
    return new Cover(Samples.id("cov"), schedule, "bo", span, "dentist", "ana", NOON);
  }
}
