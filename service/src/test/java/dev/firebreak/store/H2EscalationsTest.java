package dev.firebreak.store;

class H2EscalationsTest extends EscalationsContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
