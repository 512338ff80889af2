package dev.firebreak.store;

class PostgresUnheardIT extends UnheardContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
