package dev.firebreak.runbook;

import dev.firebreak.core.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether the templates that actions name are there: else nobody would learn it before 3 a.m. */
final class TemplateNames {
  /** The keyword, in an action's schema, of a parameter that names a template. */
  static final String KEYWORD = "x-template";

  private static final List<String> PHASES = List.of("diagnose", "remediate", "finally");

  private final ActionVocabulary actions;
  private final Collection<String> known;
  private final Findings findings;

  TemplateNames(ActionVocabulary actions, Collection<String> known, Findings findings) {
    this.actions = actions;
    this.known = known;
    this.findings = findings;
  }

  void check(YamlNode root) {
    PHASES.forEach(phase -> below(YamlNode.at(root, phase)));
  }

  /** Calls stand in steps, and in what proves, undoes and waits: wherever an action's name is. */
  private void below(@Nullable YamlNode node) {
    YamlNode.items(node).forEach(this::below);
    YamlNode.fields(node)
        .forEach(
            (name, field) -> {
              if (actions.types().contains(name)) {
                call(actions.schema(name), field.value());
              }
              below(field.value());
            });
  }

  private void call(Map<String, Object> schema, YamlNode params) {
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      YamlNode.fields(params)
          .forEach(
              (name, field) -> {
                if (properties.get(name) instanceof Map<?, ?> about && about.containsKey(KEYWORD)) {
                  named(field.value());
                }
              });
    }
  }

  private void named(YamlNode value) {
    String name = YamlNode.text(value);
    if (name != null && !known.contains(name)) {
      findings.error(
          value,
          "unknown-template",
          "there is no template '" + name + "'",
          known.isEmpty() ? "the folder of the templates has none" : Nearest.advice(name, known));
    }
  }
}
