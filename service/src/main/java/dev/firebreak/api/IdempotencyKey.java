package dev.firebreak.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The sender's own name for an order, by which a repeat is known. */
final class IdempotencyKey {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private IdempotencyKey() {}

  /** Refuses a key that is none. */
  static void check(@Nullable String key) {
    if (key != null && !KEY.matcher(key).matches()) {
      throw Refusals.parameter(
          "Idempotency-Key", "must be 1 to 200 printable characters, new for each order");
    }
  }
}
