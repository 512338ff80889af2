package dev.firebreak.store;

import dev.firebreak.guard.breaker.Breakers;

class PostgresBreakersIT extends BreakersContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }

  @Override
  Breakers breakers() {
    return database().breakers();
  }
}
