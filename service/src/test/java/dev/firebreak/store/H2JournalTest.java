package dev.firebreak.store;

class H2JournalTest extends JournalContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
