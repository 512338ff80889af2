package dev.firebreak.store;

class H2AlertsTest extends AlertsContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
