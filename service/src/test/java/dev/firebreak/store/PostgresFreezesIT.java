package dev.firebreak.store;

import dev.firebreak.guard.freeze.Freezes;

class PostgresFreezesIT extends FreezesContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }

  @Override
  Freezes freezes() {
    return database().freezes();
  }
}
