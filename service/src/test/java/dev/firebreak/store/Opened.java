package dev.firebreak.store;

import dev.firebreak.core.Masker;
import dev.firebreak.core.Secrets;
import java.nio.file.Path;
import java.util.Map;

/** Opens databases for tests, without secrets. */
final class Opened {
  static final Secrets NO_SECRETS = new Secrets(Map.of(), name -> null, new Masker());

  private Opened() {}

  static Database file(Path file) {
    return of(DatabaseSettings.h2(file));
  }

  static Database of(DatabaseSettings settings) {
    return Database.open(settings, Path.of("."), NO_SECRETS);
  }
}
