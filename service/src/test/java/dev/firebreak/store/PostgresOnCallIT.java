package dev.firebreak.store;

class PostgresOnCallIT extends OnCallContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
