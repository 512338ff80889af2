package dev.firebreak.store;

class PostgresGatesIT extends GatesContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
