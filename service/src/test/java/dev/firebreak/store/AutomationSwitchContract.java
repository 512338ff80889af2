package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.core.Reason;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.HaltScope;
import dev.firebreak.guard.HaltedChange;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  @Test
  void stoppedChange_isOpenUntilSomebodyChooses_asItWasSeen() {
    Run run = added();
    HaltedChange change = halted(run, "first", NOON);
    write(tx -> automation().stopped(tx, change));
    assertThat(open(run)).as("its step was not refused").isEmpty();
    refuse(run);
    assertThat(open(run)).containsExactly(change);
    HaltedChange again = halted(run, "second", NOON.plusSeconds(1));
    write(tx -> automation().stopped(tx, again));
    HaltedChange.Chosen chosen =
        new HaltedChange.Chosen(
            HaltedChange.Choice.CANCEL, "person:ana", NOON, "over", "cancelled");
    assertThat(says(tx -> automation().chosen(tx, change, chosen))).as("as it was").isFalse();
    assertThat(open(run)).containsExactly(again);
    assertThat(says(tx -> automation().chosen(tx, again, chosen))).isTrue();
    assertThat(says(tx -> automation().chosen(tx, again, chosen))).isFalse();
    assertThat(open(run)).isEmpty();
    write(tx -> automation().stopped(tx, again));
    assertThat(open(run)).as("refused again").containsExactly(again);
  }

  private Run added() {
    Incident incident = Samples.incident(Samples.id("key"));
    StepRun fix =
        new StepRun("fix", StepRun.Phase.CHANGE, new StepState.Pending(), 0, null, Map.of());
    Run run = Samples.run(incident.id(), fix);
    write(
        tx -> {
          database().incidents().add(tx, incident);
          database().runs().add(tx, run, "node-1");
        });
    return run;
  }

  private void refuse(Run run) {
    StepState over =
        new StepState.Ended(StepState.End.FAILED, NOON, new Reason(HaltedChange.REFUSED, "off"));
    StepRun step = new StepRun("fix", StepRun.Phase.CHANGE, over, 0, null, Map.of());
    write(tx -> database().runs().save(tx, run, run.with(step), List.of(step)));
  }

  private static HaltedChange halted(Run run, String why, Instant at) {
    return new HaltedChange(
        run.id(), "fix", run.incidentId(), run.runbook(), HaltScope.ALL, why, at, true);
  }

  private List<HaltedChange> open(Run run) {
    return list(tx -> automation().stopped(tx, 99)).stream()
        .filter(change -> change.runId().equals(run.id()))
        .toList();
  }

  private Automation current() {
    return read(tx -> automation().read(tx));
  }
}
