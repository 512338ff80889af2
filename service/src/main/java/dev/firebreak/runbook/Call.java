package dev.firebreak.runbook;

import dev.firebreak.expression.ExpressionException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An action with its parameters as the author wrote them.
 *
 * @param action the action's type: {@code http}
 * @param params by parameter name, in the order of the file
 * @param builtIn what the engine sees to itself, or null for an action and no more
 */
public record Call(String action, Map<String, Param> params, @Nullable BuiltIn builtIn) {
  /** No action at all. */
  public static final Call NOTHING = new Call("", Map.of());

  public Call {
    params = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /** An action and no more. */
  public Call(String action, Map<String, Param> params) {
    this(action, params, null);
  }

  /**
   * Fills every template in, each for the context its parameter stands in.
   *
   * @return JSON values only
   * @throws ExpressionException naming the parameter and the variable that is missing
   */
  public Map<String, Object> resolve(Map<String, ?> model) {
    Map<String, Object> resolved = new LinkedHashMap<>();
    params.forEach((name, param) -> resolved.put(name, resolve(name, param, model)));
    return resolved;
  }

  private static Object resolve(String name, Param param, Map<String, ?> model) {
    try {
      return param.resolve(model);
    } catch (ExpressionException e) {
      throw new ExpressionException("parameter '" + name + "': " + e.getMessage(), e);
    }
  }
}
