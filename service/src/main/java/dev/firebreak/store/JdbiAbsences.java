package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.oncall.Absence;
import dev.firebreak.oncall.Absences;
import dev.firebreak.oncall.Span;
import java.util.List;
import java.util.Optional;

/** Absences in a table. */
final class JdbiAbsences implements Absences {
  @Override
  public void add(Tx tx, Absence absence) {
    sql(tx).insert(AbsenceSql.Row.of(absence));
  }

  @Override
  public void remove(Tx tx, String id) {
    sql(tx).delete(id);
  }

  @Override
  public Optional<Absence> find(Tx tx, String id) {
    return sql(tx).find(id).map(AbsenceSql.Row::toAbsence);
  }

  @Override
  public List<Absence> of(Tx tx, Span span) {
    return sql(tx).of(span.from(), span.to()).stream().map(AbsenceSql.Row::toAbsence).toList();
  }

  private static AbsenceSql sql(Tx tx) {
    return StoreTx.sql(tx, AbsenceSql.class);
  }
}
