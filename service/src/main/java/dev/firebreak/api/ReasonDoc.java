package dev.firebreak.api;

import dev.firebreak.core.Reason;
import org.jspecify.annotations.Nullable;

/** Why: a code for machines, a sentence for humans. */
@Wire
record ReasonDoc(String code, String text) {
  static @Nullable ReasonDoc of(@Nullable Reason reason) {
    return reason == null ? null : new ReasonDoc(reason.code(), reason.text());
  }
}
