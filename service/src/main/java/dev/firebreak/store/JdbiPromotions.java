package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.promotion.Promotion;
import dev.firebreak.guard.promotion.Promotions;
import dev.firebreak.guard.promotion.Rehearsed;
import java.util.List;
import java.util.Optional;

/** Promotions in a table. Saying and deciding stand in one line. */
final class JdbiPromotions implements Promotions {
  @Override
  public void add(Tx tx, Promotion promotion) {
    Object unused = StoreTx.of(tx).inLine();
    sql(tx).insert(promotion);
  }

  @Override
  public Optional<Promotion> last(Tx tx, String version) {
    Object unused = StoreTx.of(tx).inLine();
    return sql(tx).last(version);
  }

  @Override
  public List<Promotion> standing(Tx tx) {
    return sql(tx).standing();
  }

  @Override
  public List<Promotion> history(Tx tx, String runbook, int limit) {
    return sql(tx).history(runbook, limit);
  }

  @Override
  public void rehearsed(Tx tx, Rehearsed change) {
    sql(tx).rehearsed(change);
  }

  @Override
  public List<Rehearsed> rehearsals(Tx tx, String version, int limit) {
    return sql(tx).rehearsals(version, limit);
  }

  @Override
  public Optional<Rehearsed.Tally> tally(Tx tx, String version) {
    PromotionSql.Sum sum = sql(tx).sum(version);
    return sum.since() == null
        ? Optional.empty()
        : Optional.of(new Rehearsed.Tally(sum.runs(), sum.since()));
  }

  private static PromotionSql sql(Tx tx) {
    return StoreTx.sql(tx, PromotionSql.class);
  }
}
