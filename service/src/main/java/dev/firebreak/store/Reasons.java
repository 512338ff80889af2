package dev.firebreak.store;

import dev.firebreak.core.Reason;
import org.jspecify.annotations.Nullable;

/** A reason in two columns. */
final class Reasons {
  private Reasons() {}

  static @Nullable Reason of(@Nullable String code, @Nullable String text) {
    return code == null ? null : new Reason(code, text == null ? "" : text);
  }

  /** A reason that every row of this kind has. */
  static Reason present(@Nullable String code, @Nullable String text) {
    Reason reason = of(code, text);
    if (reason == null) {
      throw new IllegalStateException("a stored state lacks its reason");
    }
    return reason;
  }
}
