package dev.firebreak.store;

import dev.firebreak.guard.promotion.Promotions;

class H2PromotionsTest extends PromotionsContract {
  @Override
  Database database() {
    return Databases.h2();
  }

  @Override
  Promotions promotions() {
    return database().promotions();
  }
}
