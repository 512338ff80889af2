package dev.firebreak.intake;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Headers;
import dev.firebreak.alert.Parsed;
import dev.firebreak.core.Cause;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes down, in the alerts of a delivery, what its header says of their cause. Pure. */
final class Caused {
  private static final int LONGEST = 2_200;

  private Caused() {}

  static Parsed by(Headers headers, Parsed parsed) {
    Optional<String> cause =
        headers.one(Cause.HEADER).filter(text -> !text.isBlank() && text.length() <= LONGEST);
    return cause.isEmpty()
        ? parsed
        : new Parsed(
            parsed.items().stream().map(item -> with(item, cause.get())).toList(),
            parsed.groupKey(),
            parsed.groupResolved(),
            parsed.truncated(),
            parsed.notes());
  }

  /** What the alert says itself is nearer to it. */
  private static Parsed.Item with(Parsed.Item item, String cause) {
    return item instanceof Parsed.Read read && Cause.of(read.alert().asModel()).isEmpty()
        ? new Parsed.Read(read.index(), with(read.alert(), cause), read.startKnown())
        : item;
  }

  private static Alert with(Alert alert, String cause) {
    Map<String, String> annotations = new LinkedHashMap<>(alert.annotations());
    annotations.put(Cause.LABEL, cause);
    return new Alert(
        alert.source(),
        alert.fingerprint(),
        alert.status(),
        alert.startsAt(),
        alert.endsAt(),
        alert.labels(),
        annotations,
        alert.severity(),
        alert.summary(),
        alert.link());
  }
}
