package dev.firebreak.store;

class PostgresOutboxIT extends OutboxContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
