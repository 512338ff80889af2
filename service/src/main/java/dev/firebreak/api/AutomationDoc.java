package dev.firebreak.api;

import dev.firebreak.guard.Automation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The halt switch, for a scope.
 *
 * @param parts what is halted besides, with the scope {@code all} only
 */
@Wire
record AutomationDoc(
    String scope,
    String mode,
    String reason,
    String owner,
    String by,
    String at,
    @Nullable String until,
    @Nullable List<AutomationDoc> parts) {
  static AutomationDoc of(Automation automation, @Nullable List<Automation> parts) {
    return new AutomationDoc(
        automation.scope().asText(),
        automation.mode().asText(),
        automation.reason(),
        automation.owner(),
        automation.by(),
        Times.text(automation.at()),
        Times.textOrNull(automation.until()),
        parts == null ? null : parts.stream().map(part -> of(part, null)).toList());
  }
}
