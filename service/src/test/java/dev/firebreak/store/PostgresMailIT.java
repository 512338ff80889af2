package dev.firebreak.store;

class PostgresMailIT extends MailContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
