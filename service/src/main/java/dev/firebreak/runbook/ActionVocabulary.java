package dev.firebreak.runbook;

import java.util.Map;
import java.util.Set;

/** What a runbook may call: the port through which the loader knows the actions. Thread-safe. */
public interface ActionVocabulary {
  /** The names of all actions. */
  Set<String> types();

  /**
   * The JSON Schema (2020-12) of an action's parameters: an object schema, {@code
   * additionalProperties: false}. The keyword {@code x-context} on a string names its {@link
   * dev.firebreak.expression.Escape}; TEXT when absent. {@code x-template} marks the name of a
   * template, which must be there when a runbook is loaded.
   */
  Map<String, Object> schema(String type);

  /**
   * Whether a call with these parameters, templates not filled in, changes the outside world.
   *
   * @param params JSON values, as written
   */
  boolean changes(String type, Map<String, Object> params);
}
