package dev.firebreak.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2CommitUnknownTest extends CommitUnknownContract {
  @TempDir Path folder;

  @Override
  FaultyDatabase faulty() {
    return FaultyDatabase.file(folder.resolve("firebreak"));
  }
}
