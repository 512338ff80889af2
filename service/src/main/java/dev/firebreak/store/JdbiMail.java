package dev.firebreak.store;

import dev.firebreak.cluster.Mail;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Letters in a table. */
final class JdbiMail implements Mail {
  private static final Logger LOG = LoggerFactory.getLogger(JdbiMail.class);

  @Override
  public long post(Tx tx, String runId, RunEvent event, String by, Instant now) {
    return sql(tx).insert(runId, Events.write(event), by, now);
  }

  @Override
  public List<Letter> of(Tx tx, String owner, int limit) {
    List<Letter> letters = new ArrayList<>();
    for (MailSql.Row row : sql(tx).of(owner, limit)) {
      try {
        letters.add(new Letter(row.place(), row.runId(), Events.read(row.event())));
      } catch (IllegalStateException e) {
        LOG.error(
            "letter {} to {} is left for a node that can read it", row.place(), row.runId(), e);
      }
    }
    return letters;
  }

  @Override
  public boolean take(Tx tx, long place) {
    return sql(tx).delete(place) == 1;
  }

  @Override
  public boolean lies(Tx tx, long place) {
    return sql(tx).count(place) > 0;
  }

  @Override
  public void refuse(Tx tx, long place, Reason why, Instant now) {
    sql(tx).refuse(place, why.code(), why.text(), now);
  }

  @Override
  public Optional<Reason> refusal(Tx tx, long place) {
    return sql(tx).refusal(place);
  }

  @Override
  public int clear(Tx tx, Instant before) {
    sql(tx).clearRefusals(before);
    return sql(tx).clear();
  }

  private static MailSql sql(Tx tx) {
    return StoreTx.sql(tx, MailSql.class);
  }
}
