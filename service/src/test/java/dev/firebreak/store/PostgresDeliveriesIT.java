package dev.firebreak.store;

class PostgresDeliveriesIT extends DeliveriesContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
