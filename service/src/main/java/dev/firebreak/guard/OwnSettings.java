package dev.firebreak.guard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code own} of the configuration: what the service itself lives by.
 *
 * @param names hosts besides its own and its database's: the identity provider, the load balancer
 * @param allow globs of targets that may be changed all the same
 */
public record OwnSettings(List<String> names, List<String> allow) {
  /** What holds when nothing is said. */
  public static final OwnSettings USUAL = new OwnSettings(List.of(), List.of());

  public OwnSettings {
    names = List.copyOf(names);
    allow = List.copyOf(allow);
    for (String name : names) {
      if (name.isBlank() || name.contains("/") || name.contains("*")) {
        throw new IllegalArgumentException(
            "own.names: '%s' is no name of a host; write sso.example.com".formatted(name));
      }
    }
    for (String glob : allow) {
      if (glob.isBlank() || glob.chars().allMatch(sign -> sign == '*' || sign == '/')) {
        throw new IllegalArgumentException(
            "own.allow: '%s' names nothing; write the target: host/db-1".formatted(glob));
      }
    }
  }

  @JsonCreator
  static OwnSettings of(
      @JsonProperty("names") @Nullable List<String> names,
      @JsonProperty("allow") @Nullable List<String> allow) {
    return new OwnSettings(names == null ? List.of() : names, allow == null ? List.of() : allow);
  }
}
