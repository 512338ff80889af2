package dev.firebreak.action.command;

import dev.firebreak.core.Durations;
import io.dropwizard.util.DataSize;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code actions.command} of the configuration.
 *
 * @param allow the programs runbooks may start: names that are looked up in {@code PATH}, or whole
 *     paths; none by default
 * @param maxOutput how much of each of stdout and stderr is kept; 1 MiB by default, at most 64 MiB
 * @param grace how long a program may tidy up between the request to end and being killed; 2s by
 *     default
 */
record CommandSettings(
    @Nullable List<String> allow, @Nullable DataSize maxOutput, @Nullable String grace) {
  CommandSettings {
    allow = allow == null ? List.of() : List.copyOf(allow);
    for (String program : allow) {
      if (program.isBlank() || (program.contains("/") && !program.startsWith("/"))) {
        throw new IllegalArgumentException(
            "allow: '" + program + "' must be the name of a program or a whole path");
      }
    }
    if (maxOutput != null && (maxOutput.toBytes() < 1 || maxOutput.toMebibytes() > 64)) {
      throw new IllegalArgumentException("maxOutput must be from 1 byte to 64 MiB");
    }
    if (grace != null) {
      var unused = Durations.parse(grace);
    }
  }

  boolean allows(String program) {
    return allow != null && allow.contains(program);
  }

  boolean allowsAny() {
    return allow != null && !allow.isEmpty();
  }

  int maxBytes() {
    return maxOutput == null ? 1 << 20 : (int) maxOutput.toBytes();
  }

  Duration graceTime() {
    return grace == null ? Duration.ofSeconds(2) : Durations.parse(grace);
  }
}
