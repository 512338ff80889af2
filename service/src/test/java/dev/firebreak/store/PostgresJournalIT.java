package dev.firebreak.store;

class PostgresJournalIT extends JournalContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
