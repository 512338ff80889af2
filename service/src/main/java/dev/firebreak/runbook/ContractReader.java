package dev.firebreak.runbook;

import dev.firebreak.expression.Expression;
import dev.firebreak.expression.Scope;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a runbook wants from a caller, and gives back. */
final class ContractReader {
  private static final Set<String> TAKEN = Set.of("run", "outcome");

  private final Values values;
  private final Expressions expressions;
  private final Findings findings;

  ContractReader(Values values, Expressions expressions, Findings findings) {
    this.values = values;
    this.expressions = expressions;
    this.findings = findings;
  }

  Contract read(YamlNode root, Scope end) {
    Map<String, Contract.Input> inputs = new LinkedHashMap<>();
    boolean alone = YamlNode.at(root, "on") != null;
    YamlNode.fields(YamlNode.at(root, "inputs"))
        .forEach((name, field) -> inputs.put(name, input(name, field.value(), alone)));
    Map<String, Expression> outputs = new LinkedHashMap<>();
    YamlNode.fields(YamlNode.at(root, "outputs"))
        .forEach((name, field) -> outputs.put(name, output(name, field.value(), end)));
    return new Contract(inputs, outputs);
  }

  private Contract.Input input(String name, YamlNode node, boolean alone) {
    OutputType type = type(values.text(node, "type", "string"));
    YamlNode written = YamlNode.at(node, "default");
    Object fallback = written == null ? null : YamlNode.plain(written);
    if (written != null && (fallback == null || !type.fits(fallback))) {
      findings.error(written, "wrong-type", "the default must be of type " + type.asText(), "");
    }
    if (alone && fallback == null) {
      findings.error(
          node,
          "nobody-gives",
          "an alert starts this runbook too, and gives no '" + name + "'",
          "give it a default, or leave out `on`");
    }
    return new Contract.Input(type, fallback);
  }

  private static OutputType type(String word) {
    for (OutputType type : OutputType.values()) {
      if (type.asText().equals(word.toLowerCase(Locale.ROOT))) {
        return type;
      }
    }
    return OutputType.STRING; // The first pass has reported it.
  }

  private Expression output(String name, @Nullable YamlNode node, Scope end) {
    if (TAKEN.contains(name) && node != null) {
      findings.error(node, "reserved-name", "the output '" + name + "' is always there", "");
    }
    return expressions.expression(node, end);
  }
}
