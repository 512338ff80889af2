package dev.firebreak.store;

import dev.firebreak.guard.breaker.Breakers;

class H2BreakersTest extends BreakersContract {
  @Override
  Database database() {
    return Databases.h2();
  }

  @Override
  Breakers breakers() {
    return database().breakers();
  }
}
