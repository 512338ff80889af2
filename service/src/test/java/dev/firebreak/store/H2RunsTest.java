package dev.firebreak.store;

class H2RunsTest extends RunsContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
