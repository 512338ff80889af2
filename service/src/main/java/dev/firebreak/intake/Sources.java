package dev.firebreak.intake;

import dev.firebreak.core.SecretRef;
import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.core.Secrets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The configured senders, by name. Immutable and thread-safe. */
public final class Sources {
  private final Map<String, Source> byName;

  private Sources(Map<String, Source> byName) {
    this.byName = Collections.unmodifiableMap(byName);
  }

  /**
   * Prepares every source of the section {@code sources}.
   *
   * @throws IllegalArgumentException naming every source whose name is taken or whose mapping does
   *     not compile
   */
  public static Sources of(List<SourceSettings> settings, Secrets secrets) {
    Map<String, Source> byName = new LinkedHashMap<>();
    List<String> faults = new ArrayList<>();
    for (SourceSettings source : settings) {
      try {
        if (byName.put(source.name(), new Source(source, secrets)) != null) {
          faults.add("source '" + source.name() + "': there are two with this name");
        }
      } catch (IllegalArgumentException e) {
        faults.add(String.valueOf(e.getMessage()));
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    return new Sources(byName);
  }

  /**
   * Reads every secret of the sources once, so that the masker knows them before anything is
   * written.
   *
   * @return a sentence for each that cannot be read, and for each source that lets everybody in
   */
  public static List<String> learn(List<SourceSettings> settings, Secrets secrets) {
    List<String> faults = new ArrayList<>();
    for (SourceSettings source : settings) {
      for (SecretRef ref : source.auth().secrets()) {
        try {
          String unused = secrets.value(ref);
        } catch (SecretUnavailable e) {
          faults.add("source '" + source.name() + "': " + e.getMessage());
        }
      }
      if (source.auth() instanceof SourceAuth.None none && none.insecure()) {
        faults.add("source '" + source.name() + "' lets in everybody who reaches the port");
      }
    }
    return List.copyOf(faults);
  }

  public Optional<Source> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Set<String> names() {
    return byName.keySet();
  }
}
