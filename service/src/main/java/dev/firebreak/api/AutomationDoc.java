package dev.firebreak.api;

import dev.firebreak.guard.Automation;
import org.jspecify.annotations.Nullable;

/** The halt switch. */
@Wire
record AutomationDoc(String mode, String reason, String by, String at, @Nullable String until) {
  static AutomationDoc of(Automation automation) {
    return new AutomationDoc(
        automation.mode().asText(),
        automation.reason(),
        automation.by(),
        Times.text(automation.at()),
        Times.textOrNull(automation.until()));
  }
}
