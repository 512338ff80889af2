package dev.firebreak.store;

class H2DeliveriesTest extends DeliveriesContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
