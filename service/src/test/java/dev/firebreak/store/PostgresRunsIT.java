package dev.firebreak.store;

class PostgresRunsIT extends RunsContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
