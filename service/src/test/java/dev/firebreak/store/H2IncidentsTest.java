package dev.firebreak.store;

class H2IncidentsTest extends IncidentsContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
