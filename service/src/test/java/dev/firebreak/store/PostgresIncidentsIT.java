package dev.firebreak.store;

class PostgresIncidentsIT extends IncidentsContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
