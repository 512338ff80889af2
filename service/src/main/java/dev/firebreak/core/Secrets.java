package dev.firebreak.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Hands secrets out at the last moment and tells the {@link Masker} each one it hands out. A file
 * or variable is read again every time, so a rotated secret needs no restart. Thread-safe.
 */
public final class Secrets {
  private final Map<String, SecretRef> named;
  private final UnaryOperator<@Nullable String> environment;
  private final Masker masker;

  /**
   * All secrets of the service.
   *
   * @param named the section {@code secrets} of the configuration
   * @param environment {@code System::getenv}, or what a test gives
   * @param masker learns every value
   */
  public Secrets(
      Map<String, SecretRef> named, UnaryOperator<@Nullable String> environment, Masker masker) {
    this.named = new TreeMap<>(named);
    this.environment = environment;
    this.masker = masker;
  }

  /** The names in the section {@code secrets}. */
  public Set<String> names() {
    return Set.copyOf(named.keySet());
  }

  /** What hides them. */
  public Masker masker() {
    return masker;
  }

  /**
   * The value of a reference.
   *
   * @throws SecretUnavailable naming the place
   */
  public String value(SecretRef ref) {
    String value = ref.read(environment);
    masker.add(value);
    return value;
  }

  /**
   * The value of a named secret.
   *
   * @throws SecretUnavailable naming the secret and its place
   */
  public String value(String name) {
    SecretRef ref = named.get(name);
    if (ref == null) {
      throw new SecretUnavailable(
          "secret '" + name + "' is not configured: add it to 'secrets' in config.yml");
    }
    try {
      return value(ref);
    } catch (SecretUnavailable e) {
      throw new SecretUnavailable("secret '" + name + "': " + e.getMessage());
    }
  }

  /**
   * Reads every named secret once, so that the masker knows them all before anything is written.
   *
   * @return a sentence for each secret that is missing, too short to be masked, or in plain text
   */
  public List<String> learn() {
    List<String> faults = new ArrayList<>();
    named.forEach((name, ref) -> faults.addAll(learn("secret '" + name + "'", ref)));
    return List.copyOf(faults);
  }

  /**
   * Reads one secret that stands elsewhere in the configuration, so that the masker knows it.
   *
   * @param what how the sentences name it: {@code credential 'shop'}
   * @return a sentence for each thing that is wrong with it, as {@link #learn()} does
   */
  public List<String> learn(String what, SecretRef ref) {
    List<String> faults = new ArrayList<>();
    try {
      if (!masker.add(ref.read(environment))) {
        faults.add(what + " is shorter than 4 characters: it is not masked");
      }
    } catch (SecretUnavailable e) {
      faults.add(what + ": " + e.getMessage());
    }
    if (ref.isPlain()) {
      faults.add(what + " stands in config.yml as plain text: use env or file");
    }
    return List.copyOf(faults);
  }
}
