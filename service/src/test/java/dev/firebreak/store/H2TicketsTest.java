package dev.firebreak.store;

class H2TicketsTest extends TicketsContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
