package dev.firebreak.expression;

import java.util.Set;

/**
 * Which names an expression or template may use. A misspelt one is found when the file is loaded.
 *
 * @param alert whether {@code alert} is known
 * @param payload whether {@code payload} (any JSON) and {@code headers} are known
 * @param run whether {@code run}, {@code incident}, {@code vars} and {@code steps} are known
 * @param limit whether {@code limit.used}, {@code limit.max}, {@code limit.left} are known
 * @param output whether {@code output} (any JSON) is known
 * @param vars the names below {@code vars}
 * @param steps the ids below {@code steps}; {@code restart.verify} stands below {@code restart},
 *     and {@code restart.answers.size} is what people answered when they approved it
 * @param items names of their own, each any JSON: the item of a list
 * @param inputs the names below {@code inputs}
 * @param change whether a change that wants to be made is known: {@code runbook}, {@code step},
 *     {@code target}, {@code targets}, {@code incident}, {@code actor} and {@code time}
 */
public record Scope(
    boolean alert,
    boolean payload,
    boolean run,
    boolean limit,
    boolean output,
    Set<String> vars,
    Set<String> steps,
    Set<String> items,
    Set<String> inputs,
    boolean change) {
  /** A scope in which no change wants to be made. */
  public Scope(
      boolean alert,
      boolean payload,
      boolean run,
      boolean limit,
      boolean output,
      Set<String> vars,
      Set<String> steps,
      Set<String> items,
      Set<String> inputs) {
    this(alert, payload, run, limit, output, vars, steps, items, inputs, false);
  }

  /** A scope in which there is no item of a list, and no input. */
  public Scope(
      boolean alert,
      boolean payload,
      boolean run,
      boolean limit,
      boolean output,
      Set<String> vars,
      Set<String> steps) {
    this(alert, payload, run, limit, output, vars, steps, Set.of(), Set.of());
  }

  /** Which alerts start a runbook: {@code alert} only. */
  public static final Scope ALERT = new Scope(true, false, false, false, false, Set.of(), Set.of());

  /** The mapping of a generic source: {@code payload} and {@code headers} only. */
  public static final Scope PAYLOAD =
      new Scope(false, true, false, false, false, Set.of(), Set.of());

  /** What freezes and policies ask of a change: the change and its {@code alert}. */
  public static final Scope CHANGE =
      new Scope(true, false, false, false, false, Set.of(), Set.of(), Set.of(), Set.of(), true);

  public Scope {
    vars = Set.copyOf(vars);
    steps = Set.copyOf(steps);
    items = Set.copyOf(items);
    inputs = Set.copyOf(inputs);
  }

  /** The same, and {@code output} besides. */
  public Scope withOutput() {
    return new Scope(alert, payload, run, limit, true, vars, steps, items, inputs, change);
  }

  /** The same, and the item of a list (any JSON) by this name besides. */
  public Scope withItem(String name) {
    return new Scope(alert, payload, run, limit, output, vars, steps, Set.of(name), inputs, change);
  }
}
