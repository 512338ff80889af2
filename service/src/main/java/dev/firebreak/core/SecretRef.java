package dev.firebreak.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says where a secret is kept, never what it is: {@code {env: NAME}} or {@code {file: path}}. A
 * plain text is taken too, so that a first try is easy, and is reported as unsafe. It prints as a
 * mask, has no readable property, and is resolved at the last moment by {@link Secrets}. Immutable.
 */
public final class SecretRef {
  /** What is shown instead of a secret. */
  public static final String MASK = "***";

  private static final long MAX_FILE_BYTES = 64 * 1024;

  private final @Nullable String env;
  private final @Nullable String file;
  private final @Nullable String plain;

  /**
   * A reference as configuration writes it; exactly one is given. The only constructor, so that
   * Jackson finds it by itself.
   *
   * @param env name of an environment variable
   * @param file path of a file; a line break at its end is not part of the secret
   * @param plain the secret itself: for tests and first tries
   * @throws IllegalArgumentException when none or several are given
   */
  public SecretRef(@Nullable String env, @Nullable String file, @Nullable String plain) {
    this.env = blankAsNull(env);
    this.file = blankAsNull(file);
    this.plain = blankAsNull(plain);
    if (Stream.of(this.env, this.file, this.plain).filter(Objects::nonNull).count() != 1) {
      throw new IllegalArgumentException(
          "a secret is {env: NAME} or {file: /path}: give exactly one of the two");
    }
  }

  /** The value of an environment variable. */
  public static SecretRef env(String name) {
    return new SecretRef(name, null, null);
  }

  /** The content of a file. */
  public static SecretRef file(String path) {
    return new SecretRef(null, path, null);
  }

  private static @Nullable String blankAsNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }

  /** A secret that stands in the configuration itself: for tests and first tries. */
  public static SecretRef valueOf(String text) {
    return new SecretRef(null, null, text);
  }

  /**
   * Reads what a configuration file holds: a text, or a mapping with {@code env} or {@code file}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static SecretRef from(Object value) {
    if (value instanceof String plain) {
      return valueOf(plain);
    }
    if (value instanceof Map<?, ?> map && Set.of("env", "file").containsAll(map.keySet())) {
      return new SecretRef(text(map.get("env")), text(map.get("file")), null);
    }
    throw new IllegalArgumentException("a secret must be {env: NAME} or {file: /path}");
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : String.valueOf(value);
  }

  /** Whether the secret itself stands in the configuration. */
  public boolean isPlain() {
    return plain != null;
  }

  /** Where the secret is kept, for messages: {@code environment variable DB_PASSWORD}. */
  public String place() {
    if (env != null) {
      return "environment variable " + env;
    }
    return file == null ? "plain text" : "file " + file;
  }

  /**
   * Reads the secret.
   *
   * @param environment gives the value of an environment variable, or null
   * @throws SecretUnavailable when it is not there or empty; the message names the place only
   */
  String read(UnaryOperator<@Nullable String> environment) {
    String value = env != null ? environment.apply(env) : file != null ? content(file) : plain;
    if (value == null || value.isEmpty()) {
      throw new SecretUnavailable(place() + " is not set or empty");
    }
    return value;
  }

  private static String content(String file) {
    Path path = Path.of(file);
    try {
      if (Files.size(path) > MAX_FILE_BYTES) {
        throw new SecretUnavailable("file " + file + " is larger than 64 KiB: not a secret");
      }
      return Files.readString(path, StandardCharsets.UTF_8).replaceAll("[\\r\\n]+$", "");
    } catch (IOException e) {
      throw new SecretUnavailable(
          "file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** The mask, whatever is inside. */
  @Override
  public String toString() {
    return MASK;
  }
}
