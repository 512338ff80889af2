package dev.firebreak.store;

import dev.firebreak.guard.freeze.Freezes;

class H2FreezesTest extends FreezesContract {
  @Override
  Database database() {
    return Databases.h2();
  }

  @Override
  Freezes freezes() {
    return database().freezes();
  }
}
