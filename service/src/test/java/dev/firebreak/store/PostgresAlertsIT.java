package dev.firebreak.store;

class PostgresAlertsIT extends AlertsContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
