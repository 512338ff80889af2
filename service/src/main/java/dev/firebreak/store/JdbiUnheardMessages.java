package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.notify.Unheard;
import dev.firebreak.notify.UnheardMessages;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What nobody received, in a table. */
final class JdbiUnheardMessages implements UnheardMessages {
  @Override
  public void add(Tx tx, Unheard unheard) {
    sql(tx).insert(UnheardSql.Row.of(unheard));
  }

  @Override
  public Optional<Unheard> ofMessage(Tx tx, String messageKey) {
    return sql(tx).ofMessage(Keys.bounded(messageKey)).map(UnheardSql.Row::toUnheard);
  }

  @Override
  public Optional<Unheard> find(Tx tx, String id) {
    return sql(tx).find(id).map(UnheardSql.Row::toUnheard);
  }

  @Override
  public List<Unheard> open(Tx tx, int limit) {
    return sql(tx).open(limit).stream().map(UnheardSql.Row::toUnheard).toList();
  }

  @Override
  public boolean end(Tx tx, String id, String by, Instant at) {
    return sql(tx).end(id, by, at) == 1;
  }

  private static UnheardSql sql(Tx tx) {
    return StoreTx.sql(tx, UnheardSql.class);
  }
}
