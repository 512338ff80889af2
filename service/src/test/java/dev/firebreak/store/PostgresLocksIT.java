package dev.firebreak.store;

class PostgresLocksIT extends LocksContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
