package dev.firebreak.store;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.HaltScope;
import dev.firebreak.guard.HaltedChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The settings in tables, the newest in force. Setting and deciding stand in one line. */
final class JdbiAutomationSwitch implements AutomationSwitch {
  private static final Automation NEVER_SET =
      new Automation(Automation.Mode.ON, "", Actor.ENGINE.asText(), Instant.EPOCH, null);

  private static final Comparator<Automation> WHOLE_FIRST =
      Comparator.comparing(JdbiAutomationSwitch::whole).reversed().thenComparing(Automation::at);

  @Override
  public Automation read(Tx tx) {
    StoreTx.of(tx).inLine();
    return history(tx, 1).stream().findFirst().orElse(NEVER_SET);
  }

  @Override
  public List<Automation> standing(Tx tx) {
    StoreTx.of(tx).inLine();
    List<Automation> standing = new ArrayList<>();
    sql(tx).standing().forEach(row -> standing.add(row.toAutomation()));
    if (standing.stream().noneMatch(JdbiAutomationSwitch::whole)) {
      standing.add(NEVER_SET);
    }
    standing.sort(WHOLE_FIRST);
    return standing;
  }

  private static boolean whole(Automation automation) {
    return automation.scope().equals(HaltScope.ALL);
  }

  @Override
  public void set(Tx tx, Automation automation) {
    StoreTx.of(tx).inLine();
    AutomationSql.Row row = AutomationSql.Row.of(automation);
    if (whole(automation)) {
      sql(tx).insert(row);
      return;
    }
    sql(tx).endPart(row.scope(), automation.at());
    boolean on = automation.mode() == Automation.Mode.ON;
    sql(tx).insertPart(row, on ? automation.at() : null);
  }

  @Override
  public List<Automation> history(Tx tx, int limit) {
    return sql(tx).newest(limit).stream().map(AutomationSql.Row::toAutomation).toList();
  }

  @Override
  public List<Automation> historyOfParts(Tx tx, int limit) {
    return sql(tx).newestParts(limit).stream().map(AutomationSql.Row::toAutomation).toList();
  }

  @Override
  public void stopped(Tx tx, HaltedChange change) {
    StoreTx.of(tx).inLine();
    AutomationSql.Halted row = AutomationSql.Halted.of(change);
    if (sql(tx).haltAgain(row) == 0) {
      sql(tx).halt(row);
    }
  }

  @Override
  public List<HaltedChange> stopped(Tx tx, int limit) {
    return sql(tx).halted(limit).stream().map(AutomationSql.Halted::toChange).toList();
  }

  @Override
  public boolean chosen(Tx tx, HaltedChange change, HaltedChange.Chosen chosen) {
    return sql(tx).choose(AutomationSql.Halted.of(change), chosen) == 1;
  }

  private static AutomationSql sql(Tx tx) {
    return StoreTx.sql(tx, AutomationSql.class);
  }
}
