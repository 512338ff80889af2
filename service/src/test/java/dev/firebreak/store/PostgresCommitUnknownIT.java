package dev.firebreak.store;

class PostgresCommitUnknownIT extends CommitUnknownContract {
  @Override
  FaultyDatabase faulty() {
    return FaultyDatabase.server(Databases.settings("postgres"));
  }
}
