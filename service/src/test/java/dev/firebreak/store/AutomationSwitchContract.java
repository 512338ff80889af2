package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import org.junit.jupiter.api.Test;

/** What every {@link AutomationSwitch} must do. */
abstract class AutomationSwitchContract extends Contract {
  private AutomationSwitch automation() {
    return database().automation();
  }

  @Test
  void settings_areInForceAndKept() {
    if (list(tx -> automation().history(tx, 9)).isEmpty()) {
      assertThat(current().mode()).isEqualTo(Automation.Mode.ON);
    }
    Automation off = new Automation(Automation.Mode.OFF, "storm", "person:ana", NOON, null);
    Automation ask =
        new Automation(Automation.Mode.ASK, "calmer", "person:ana", NOON, NOON.plusSeconds(60));
    write(tx -> automation().set(tx, off));
    assertThat(current()).isEqualTo(off);
    write(tx -> automation().set(tx, ask));
    assertThat(current()).isEqualTo(ask);
    Automation written = commit(tx -> automation().read(tx));
    assertThat(written).isEqualTo(ask);
    assertThat(list(tx -> automation().history(tx, 2))).containsExactly(ask, off);
  }

  private Automation current() {
    return read(tx -> automation().read(tx));
  }
}
