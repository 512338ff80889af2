package dev.firebreak.app;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Reads configuration files for commands other than {@code server}, with the same rules. */
final class Configurations {
  private Configurations() {}

  /**
   * Reads a file.
   *
   * @throws StartRefused with one message that names the file and each key that is wrong
   */
  static FirebreakConfiguration read(String file) {
    if (!Files.isRegularFile(Path.of(file))) {
      throw new StartRefused("there is no configuration file " + file, null);
    }
    try {
      return new YamlConfigurationFactory<>(
              FirebreakConfiguration.class,
              Validators.newValidator(),
              Jackson.newObjectMapper(),
              "dw")
          .build(
              new SubstitutingSourceProvider(
                  new FileConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)),
              file);
    } catch (ConfigurationException | IOException e) {
      throw new StartRefused(String.valueOf(e.getMessage()).strip(), e);
    }
  }

  /**
   * Makes everything a configuration describes, but for the database.
   *
   * @throws StartRefused naming the first key that is wrong
   */
  static Equipage equip(String file, FirebreakConfiguration config, PrintStream console) {
    try {
      return new Equipage(config, Jackson.newObjectMapper(), InstantSource.system(), console);
    } catch (IllegalArgumentException e) {
      throw new StartRefused(file + ": " + e.getMessage(), e);
    }
  }
}
