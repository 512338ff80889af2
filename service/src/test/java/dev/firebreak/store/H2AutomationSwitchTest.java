package dev.firebreak.store;

class H2AutomationSwitchTest extends AutomationSwitchContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
