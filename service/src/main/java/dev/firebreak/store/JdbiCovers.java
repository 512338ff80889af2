package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.oncall.Cover;
import dev.firebreak.oncall.Covers;
import dev.firebreak.oncall.Span;
import java.util.List;
import java.util.Optional;

/** Covers in a table. */
final class JdbiCovers implements Covers {
  @Override
  public void add(Tx tx, Cover cover) {
    sql(tx).insert(CoverSql.Row.of(cover));
  }

  @Override
  public void remove(Tx tx, String id) {
    sql(tx).delete(id);
  }

  @Override
  public Optional<Cover> find(Tx tx, String id) {
    return sql(tx).find(id).map(CoverSql.Row::toCover);
  }

  @Override
  public List<Cover> of(Tx tx, String schedule, Span span) {
    return sql(tx).of(schedule, span.from(), span.to()).stream()
        .map(CoverSql.Row::toCover)
        .toList();
  }

  private static CoverSql sql(Tx tx) {
    return StoreTx.sql(tx, CoverSql.class);
  }
}
