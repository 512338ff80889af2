package dev.firebreak.store;

import dev.firebreak.gate.Reviews;

class H2ReviewsTest extends ReviewsContract {
  @Override
  Database database() {
    return Databases.h2();
  }

  @Override
  Reviews reviews() {
    return database().reviews();
  }
}
