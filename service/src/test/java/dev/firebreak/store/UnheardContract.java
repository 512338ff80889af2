package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.notify.Unheard;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the messages that nobody received must do. */
abstract class UnheardContract extends Contract {
  @Override
  abstract Database database();

  private final String incident = Samples.id("inc");

  @Test
  void unheard_isOpenOnceForEachMessage_untilItEnds() {
    Unheard one = unheard("run_1/notify/" + incident);
    Unheard again = unheard(one.messageKey());
    Unheard other = unheard("run_2/notify/" + incident + "é".repeat(400));
    write(tx -> database().unheard().add(tx, one));
    write(tx -> database().unheard().add(tx, again));
    write(tx -> database().unheard().add(tx, other));

    assertThat(open()).extracting(Unheard::id).containsExactly(one.id(), other.id());
    assertThat(find(tx -> database().unheard().find(tx, one.id()))).contains(one);
    assertThat(find(tx -> database().unheard().ofMessage(tx, other.messageKey())))
        .map(Unheard::id)
        .contains(other.id());

    write(tx -> assertThat(database().unheard().end(tx, one.id(), "person:ana", NOON)).isTrue());
    write(tx -> assertThat(database().unheard().end(tx, one.id(), "person:bo", NOON)).isFalse());

    assertThat(open()).extracting(Unheard::id).containsExactly(other.id());
    assertThat(find(tx -> database().unheard().find(tx, one.id()))).isEmpty();
    assertThat(find(tx -> database().unheard().ofMessage(tx, one.messageKey()))).isPresent();
  }

  private List<Unheard> open() {
    return list(tx -> database().unheard().open(tx, 1_000)).stream()
        .filter(unheard -> unheard.incidentId().equals(incident))
        .toList();
  }

  private Unheard unheard(String key) {
    return new Unheard(Samples.id("unh"), key, incident, "a notice (gate)", "down", NOON);
  }
}
