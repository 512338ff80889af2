package dev.firebreak.store;

class H2OnCallTest extends OnCallContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
