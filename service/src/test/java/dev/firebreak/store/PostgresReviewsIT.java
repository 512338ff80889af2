package dev.firebreak.store;

import dev.firebreak.gate.Reviews;

class PostgresReviewsIT extends ReviewsContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }

  @Override
  Reviews reviews() {
    return database().reviews();
  }
}
