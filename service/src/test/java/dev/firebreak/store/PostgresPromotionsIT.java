package dev.firebreak.store;

import dev.firebreak.guard.promotion.Promotions;

class PostgresPromotionsIT extends PromotionsContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }

  @Override
  Promotions promotions() {
    return database().promotions();
  }
}
