package dev.firebreak.store;

import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages in a table; a unique key decides that one is sent once, its owner who carries it. */
final class JdbiOutbox implements Outbox {
  private static final int HANDFUL = 500;

  private final String node;
  private final boolean shared;
  private final Schema schema;

  /**
   * An outbox.
   *
   * @param node carries what is added here
   * @param shared whether other nodes add to it too
   */
  JdbiOutbox(String node, boolean shared, Schema schema) {
    this.node = node;
    this.shared = shared;
    this.schema = schema;
  }

  @Override
  public Optional<Entry> add(Tx tx, Message message, String incidentId, Instant now) {
    OutboxSql sql = sql(tx);
    String owner = shared ? sql.carrier(incidentId, message.kind()).orElse(node) : node;
    String key = message.key();
    String payload = Json.write(message.payload());
    if (!sql.insert(owner, Keys.bounded(key), key, message.kind(), payload, incidentId, now)
        || !owner.equals(node)) {
      return Optional.empty();
    }
    Message kept = new Message(message.kind(), key, Json.object(payload));
    return Optional.of(Entry.added(kept, incidentId, now));
  }

  @Override
  public List<Entry> due(Tx tx, Instant now, int limit) {
    return entries(sql(tx).due(node, now, limit));
  }

  @Override
  public List<Entry> due(Tx tx, String kind, Instant now, int limit) {
    return entries(sql(tx).due(node, kind, now, limit));
  }

  @Override
  public Optional<Instant> nextDue(Tx tx) {
    return sql(tx).nextDue(node);
  }

  @Override
  public int takeOver(Tx tx) {
    if (!schema.isOurs(tx)) {
      return 0;
    }
    int taken = 0;
    for (String from : sql(tx).abandoned(node)) {
      if (StoreTx.sql(tx, RunSql.class).mayTake(from, node) > 0) {
        List<String> keys = sql(tx).ownedBy(from, HANDFUL);
        taken += Arrays.stream(sql(tx).takeOver(keys, from, node)).sum();
      }
    }
    return taken;
  }

  @Override
  public void delivered(Tx tx, String key, String receipt, Instant at) {
    sql(tx).delivered(Keys.bounded(key), receipt, at);
  }

  @Override
  public void failed(Tx tx, String key, String error, @Nullable Instant next, Instant at) {
    sql(tx).failed(Keys.bounded(key), error, next);
  }

  @Override
  public List<Entry> undelivered(Tx tx, int limit) {
    return entries(sql(tx).troubled(limit));
  }

  @Override
  public List<Entry> ofIncident(Tx tx, String incidentId) {
    return entries(sql(tx).ofIncident(incidentId));
  }

  @Override
  public List<Entry> newest(Tx tx, String incidentId, int limit) {
    return entries(sql(tx).newest(incidentId, limit));
  }

  private static List<Entry> entries(List<OutboxSql.Row> rows) {
    return rows.stream().map(OutboxSql.Row::toEntry).toList();
  }

  private static OutboxSql sql(Tx tx) {
    return StoreTx.sql(tx, OutboxSql.class);
  }
}
