package dev.firebreak.store;

import dev.firebreak.guard.storm.Storms;

class PostgresStormsIT extends StormsContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }

  @Override
  Storms storms() {
    return database().storms();
  }
}
