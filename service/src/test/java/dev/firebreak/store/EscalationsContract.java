package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.escalation.Escalation;
import dev.firebreak.escalation.Escalations;
import org.junit.jupiter.api.Test;

/** What every {@link Escalations} must do. */
abstract class EscalationsContract extends Contract {
  private final String incident = Samples.id("inc");

  private Escalations escalations() {
    return database().escalations();
  }

  private Escalation calling(String id, int level, Escalation.Status status) {
    boolean over = status != Escalation.Status.CALLING;
    return new Escalation(
        id,
        incident,
        "run_1",
        "escalate",
        "cache-oncall",
        level,
        NOON,
        NOON.plusSeconds(level * 60L),
        status,
        "redis does not answer",
        over ? "ana" : null,
        over ? NOON : null);
  }

  @Test
  void everyStatus_comesBackExactly() {
    Escalation calling = calling(Samples.id("esc"), 0, Escalation.Status.CALLING);
    write(tx -> escalations().add(tx, calling));
    for (Escalation.Status status : Escalation.Status.values()) {
      Escalation next = calling(calling.id(), status.ordinal(), status);
      write(tx -> escalations().save(tx, next));
      assertThat(find(tx -> escalations().find(tx, calling.id()))).contains(next);
    }
  }

  @Test
  void ofIncident_isOldestFirst() {
    Escalation one = calling(Samples.id("esc"), 0, Escalation.Status.CALLING);
    Escalation two = calling(Samples.id("esc"), 0, Escalation.Status.CALLING);
    write(tx -> escalations().add(tx, one));
    write(tx -> escalations().add(tx, two));
    assertThat(list(tx -> escalations().ofIncident(tx, incident))).containsExactly(one, two);
  }

  @Test
  void escalationThatIsNotThere_isNotSaved() {
    Escalation missing = calling("esc_none", 0, Escalation.Status.CALLING);
    assertThatThrownBy(() -> write(tx -> escalations().save(tx, missing)))
        .hasMessageContaining("esc_none");
  }
}
