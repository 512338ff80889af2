package dev.firebreak.app;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import jakarta.validation.Validator;
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
      return factory(Validators.newValidator(), Jackson.newObjectMapper())
          .build(
              new SubstitutingSourceProvider(
                  new FileConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)),
              file);
    } catch (ConfigurationException | IOException e) {
      throw new StartRefused(new ConfigurationFault(file, ConfigurationText.of(file)).of(e), e);
    }
  }

  /**
   * What reads it: a key nobody knows is refused, and one without a value is as one that is not
   * there.
   */
  static YamlConfigurationFactory<FirebreakConfiguration> factory(
      Validator validator, ObjectMapper json) {
    ObjectMapper strict = json.copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    strict.setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SKIP));
    return new YamlConfigurationFactory<>(FirebreakConfiguration.class, validator, strict, "dw");
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
      ConfigurationText text = ConfigurationText.of(file);
      throw new StartRefused(
          e.getCause() instanceof JsonMappingException
              ? new ConfigurationFault(file, text).of(e)
              : text.located(file, String.valueOf(e.getMessage())),
          e);
    }
  }
}
