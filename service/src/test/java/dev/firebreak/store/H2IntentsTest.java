package dev.firebreak.store;

class H2IntentsTest extends IntentsContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
