package dev.firebreak.store;

class H2SignalsTest extends SignalsContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
