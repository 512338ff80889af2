package dev.firebreak.app;

import dev.firebreak.guard.GuardSettings;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import dev.firebreak.runbook.Rung;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** How far back limits and cool-downs count: what is younger must not be forgotten. */
final class Windows {
  private Windows() {}

  /** The longest one in force. */
  static Duration longest(GuardSettings guards, Runbooks runbooks) {
    Stream<Duration> authors =
        runbooks.current().stream()
            .map(Runbook::remediate)
            .flatMap(rungs -> rungs.stream())
            .flatMap(Windows::of);
    return Stream.concat(Stream.of(guards.longest()), authors)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static Stream<Duration> of(Rung rung) {
    return Stream.of(rung.cooldown(), rung.limit() == null ? Duration.ZERO : rung.limit().per());
  }
}
