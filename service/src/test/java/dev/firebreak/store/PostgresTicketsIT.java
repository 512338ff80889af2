package dev.firebreak.store;

class PostgresTicketsIT extends TicketsContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
