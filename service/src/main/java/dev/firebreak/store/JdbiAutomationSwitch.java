package dev.firebreak.store;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import java.time.Instant;
import java.util.List;

/** The settings in a table, the newest in force. Setting and deciding stand in one line. */
final class JdbiAutomationSwitch implements AutomationSwitch {
  private static final Automation NEVER_SET =
      new Automation(Automation.Mode.ON, "", Actor.ENGINE.asText(), Instant.EPOCH, null);

  @Override
  public Automation read(Tx tx) {
    StoreTx.of(tx).inLine();
    return history(tx, 1).stream().findFirst().orElse(NEVER_SET);
  }

  @Override
  public void set(Tx tx, Automation automation) {
    StoreTx.of(tx).inLine();
    StoreTx.sql(tx, AutomationSql.class).insert(automation);
  }

  @Override
  public List<Automation> history(Tx tx, int limit) {
    return StoreTx.sql(tx, AutomationSql.class).newest(limit);
  }
}
