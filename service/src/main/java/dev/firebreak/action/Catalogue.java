package dev.firebreak.action;

import dev.firebreak.runbook.ActionVocabulary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All actions by their names. Those in leaves of this room find their way in by themselves (see
 * {@link #found}); others are handed in by whoever assembles the service. Immutable.
 */
public final class Catalogue implements ActionVocabulary {
  private final Map<String, Action> actions;

  /**
   * A catalogue of these actions.
   *
   * @throws IllegalArgumentException when two have the same type
   */
  public Catalogue(Collection<? extends Action> actions) {
    Map<String, Action> byType = new TreeMap<>();
    for (Action action : actions) {
      Action other = byType.putIfAbsent(action.type(), action);
      if (other != null) {
        throw new IllegalArgumentException(
            "two actions are called '%s': %s and %s"
                .formatted(action.type(), other.getClass().getName(), action.getClass().getName()));
      }
    }
    this.actions = Collections.unmodifiableMap(byType);
  }

  /**
   * Every action below this package, and {@code others}. An action is found when its class lies in
   * a leaf of this package, its name ends in {@code Action}, and it has a constructor that takes
   * the {@link Equipment}: no list names it.
   *
   * @throws IllegalArgumentException when the configuration of an action is wrong, names the key
   */
  public static Catalogue found(Equipment equipment, Collection<? extends Action> others) {
    List<Action> all = new ArrayList<>(ActionScan.find(equipment));
    all.addAll(others);
    Catalogue catalogue = new Catalogue(all);
    equipment.refuseSettingsExcept(catalogue.types());
    return catalogue;
  }

  /**
   * The action of this type.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Action get(String type) {
    Action action = actions.get(type);
    if (action == null) {
      throw new IllegalArgumentException(
          "there is no action '" + type + "'; there are " + String.join(", ", actions.keySet()));
    }
    return action;
  }

  @Override
  public Set<String> types() {
    return actions.keySet();
  }

  @Override
  public Map<String, Object> schema(String type) {
    return get(type).schema();
  }

  @Override
  public boolean changes(String type, Map<String, Object> params) {
    return get(type).changes(params);
  }
}
