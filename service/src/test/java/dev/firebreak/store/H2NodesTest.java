package dev.firebreak.store;

class H2NodesTest extends NodesContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
