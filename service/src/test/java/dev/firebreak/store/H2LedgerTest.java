package dev.firebreak.store;

class H2LedgerTest extends LedgerContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
