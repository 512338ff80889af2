package dev.firebreak.store;

class H2OutboxTest extends OutboxContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
