package dev.firebreak.store;

import dev.firebreak.guard.storm.Storms;

class H2StormsTest extends StormsContract {
  @Override
  Database database() {
    return Databases.h2();
  }

  @Override
  Storms storms() {
    return database().storms();
  }
}
