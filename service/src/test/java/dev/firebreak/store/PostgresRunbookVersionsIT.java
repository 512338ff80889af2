package dev.firebreak.store;

class PostgresRunbookVersionsIT extends RunbookVersionsContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
