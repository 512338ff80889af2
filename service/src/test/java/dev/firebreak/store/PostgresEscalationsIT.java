package dev.firebreak.store;

class PostgresEscalationsIT extends EscalationsContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
