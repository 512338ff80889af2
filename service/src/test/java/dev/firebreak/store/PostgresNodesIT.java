package dev.firebreak.store;

class PostgresNodesIT extends NodesContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
