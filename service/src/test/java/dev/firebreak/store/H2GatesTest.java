package dev.firebreak.store;

class H2GatesTest extends GatesContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
