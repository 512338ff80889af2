package dev.firebreak.store;

class PostgresSignalsIT extends SignalsContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
