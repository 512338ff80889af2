package dev.firebreak.store;

class PostgresArtifactsIT extends ArtifactsContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
