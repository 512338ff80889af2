package dev.firebreak.store;

class H2ArtifactsTest extends ArtifactsContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
