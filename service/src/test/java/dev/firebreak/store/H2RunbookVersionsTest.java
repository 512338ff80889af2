package dev.firebreak.store;

class H2RunbookVersionsTest extends RunbookVersionsContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
