package dev.firebreak.store;

class PostgresAutomationSwitchIT extends AutomationSwitchContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
