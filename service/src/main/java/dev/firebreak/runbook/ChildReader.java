package dev.firebreak.runbook;

import dev.firebreak.expression.Scope;
import dev.firebreak.runbook.YamlNode.Field;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which runbook a step calls, and with what. */
final class ChildReader {
  /** The key it stands under. */
  static final String WORD = "runbook";

  private static final Duration WITHIN = Duration.ofDays(1);

  private final CallReader calls;
  private final Values values;

  ChildReader(CallReader calls, Values values) {
    this.calls = calls;
    this.values = values;
  }

  Call read(@Nullable Field field, Scope scope) {
    if (field == null || !(field.value() instanceof YamlNode.Fields node)) {
      return Call.NOTHING;
    }
    String name = values.text(node, "name", "");
    Map<String, Param> with = calls.given(YamlNode.at(node, "with"), scope);
    Duration within = values.duration(node, "within", WITHIN);
    return new Call(
        WORD, with, new BuiltIn.Child(name, with, within, field.line(), field.column()));
  }
}
