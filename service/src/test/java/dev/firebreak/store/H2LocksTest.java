package dev.firebreak.store;

class H2LocksTest extends LocksContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
