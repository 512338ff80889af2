package dev.firebreak.store;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jspecify.annotations.Nullable;

/** How the arguments of a method become those of its statement; found once. Immutable. */
final class Binding {
  private final List<Slot> slots;
  private final List<Integer> lists;

  private Binding(List<Slot> slots, List<Integer> lists) {
    this.slots = slots;
    this.lists = lists;
  }

  /**
   * One argument of the statement.
   *
   * @param argument of the method
   * @param part of the record that argument is, or null when it is the value itself
   */
  private record Slot(int argument, @Nullable Method part, Columns.Writer writer) {}

  /**
   * Matches the names of a statement with the parameters of its method.
   *
   * @param each whether parameters that hold many are for one execution each
   */
  static Binding of(Method method, List<String> names, boolean each) {
    Map<String, Slot> known = new HashMap<>();
    List<Integer> lists = new ArrayList<>();
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      Class<?> type = parameters[i].getType();
      if (each && Iterable.class.isAssignableFrom(type)) {
        lists.add(i);
        type = element(parameters[i].getParameterizedType());
      }
      learn(known, i, parameters[i], type);
    }
    return new Binding(names.stream().map(name -> slot(known, name, method)).toList(), lists);
  }

  private static void learn(
      Map<String, Slot> known, int index, Parameter parameter, Class<?> type) {
    Bind bind = parameter.getAnnotation(Bind.class);
    if (bind != null) {
      Columns.writer(type).ifPresent(it -> known.put(bind.value(), new Slot(index, null, it)));
      return;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      Method part = component.getAccessor();
      part.setAccessible(true);
      Columns.writer(component.getType())
          .ifPresent(it -> known.put(component.getName(), new Slot(index, part, it)));
    }
  }

  private static Class<?> element(Type iterable) {
    return (Class<?>) ((ParameterizedType) iterable).getActualTypeArguments()[0];
  }

  private static Slot slot(Map<String, Slot> known, String name, Method method) {
    Slot slot = known.get(name);
    if (slot == null) {
      throw new IllegalStateException(method + " has nothing for :" + name);
    }
    return slot;
  }

  /** Sets the arguments of one execution. */
  void bind(PreparedStatement statement, Object[] arguments) throws SQLException {
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      slot.writer().write(statement, i + 1, value(slot, arguments[slot.argument()]));
    }
  }

  private static @Nullable Object value(Slot slot, Object argument) {
    try {
      return slot.part() == null ? argument : slot.part().invoke(argument);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record cannot be read", e);
    }
  }

  /** Adds one execution to the batch for each element; how many. */
  int bindAll(PreparedStatement statement, Object[] arguments) throws SQLException {
    Object[] one = arguments.clone();
    List<Iterator<?>> elements = new ArrayList<>();
    lists.forEach(list -> elements.add(((Iterable<?>) arguments[list]).iterator()));
    int count = 0;
    while (elements.stream().allMatch(Iterator::hasNext)) {
      for (int i = 0; i < lists.size(); i++) {
        one[lists.get(i)] = elements.get(i).next();
      }
      bind(statement, one);
      statement.addBatch();
      count++;
    }
    return count;
  }
}
