package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.HaltScope;
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

  private static Automation part(Automation.Mode mode, String scope, int second) {
    return new Automation(
        mode,
        "reason " + second,
        "person:ana",
        NOON.plusSeconds(second),
        null,
        HaltScope.parse(scope),
        "team-shop");
  }

  @Test
  void parts_standUntilTheyAreOn_besideTheWhole() {
    Automation before = current();
    Automation shop = part(Automation.Mode.OFF, "team:team-shop", 1);
    Automation redis = part(Automation.Mode.OFF, "runbook:redis-down", 2);
    Automation softer = part(Automation.Mode.ASK, "team:team-shop", 3);
    write(tx -> automation().set(tx, shop));
    write(tx -> automation().set(tx, redis));
    assertThat(list(tx -> automation().standing(tx))).containsExactly(before, shop, redis);
    write(tx -> automation().set(tx, softer));
    assertThat(list(tx -> automation().standing(tx))).containsExactly(before, redis, softer);
    assertThat(current()).as("parts do not touch the whole").isEqualTo(before);
    Automation on = part(Automation.Mode.ON, "team:team-shop", 4);
    Automation onToo = part(Automation.Mode.ON, "runbook:redis-down", 5);
    write(tx -> automation().set(tx, on));
    write(tx -> automation().set(tx, onToo));
    assertThat(list(tx -> automation().standing(tx))).containsExactly(before);
    assertThat(list(tx -> automation().historyOfParts(tx, 9)))
        .startsWith(onToo, on, softer, redis, shop);
  }

  private Automation current() {
    return read(tx -> automation().read(tx));
  }
}
