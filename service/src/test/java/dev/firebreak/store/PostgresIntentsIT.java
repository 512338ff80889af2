package dev.firebreak.store;

class PostgresIntentsIT extends IntentsContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
