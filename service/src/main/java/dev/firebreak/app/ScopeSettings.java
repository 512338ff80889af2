package dev.firebreak.app;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code scope} of the configuration.
 *
 * @param managed globs of the targets automation may change; none unless said
 */
public record ScopeSettings(List<String> managed) {
  @JsonCreator
  public ScopeSettings(@JsonProperty("managed") @Nullable List<String> managed) {
    this.managed = managed == null ? List.of() : List.copyOf(managed);
  }
}
