package dev.firebreak.store;

class PostgresLedgerIT extends LedgerContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
