package dev.firebreak.web;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the records of a view into what templates may see: maps, lists, texts and numbers. */
final class Plain {
  private static final ClassValue<List<Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          List<Method> accessors =
              Arrays.stream(type.getRecordComponents()).map(RecordComponent::getAccessor).toList();
          accessors.forEach(accessor -> accessor.setAccessible(true));
          return accessors;
        }
      };

  private Plain() {}

  /** A view record as a map from component to value. */
  static Map<String, Object> model(Record view) {
    Map<String, Object> model = new LinkedHashMap<>();
    for (Method accessor : ACCESSORS.get(view.getClass())) {
      model.put(accessor.getName(), value(call(accessor, view)));
    }
    return model;
  }

  @SuppressWarnings("NullAway") // a null stays null: a section that is left out
  private static Object value(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Record view -> model(view);
      case List<?> list -> list(list);
      case String text -> text;
      case Number number -> number.toString();
      case Boolean bool -> bool;
      default -> throw new IllegalArgumentException("a template cannot see " + value.getClass());
    };
  }

  private static List<Object> list(List<?> list) {
    List<Object> values = new ArrayList<>(list.size());
    list.forEach(item -> values.add(value(item)));
    return values;
  }

  private static @Nullable Object call(Method accessor, Record view) {
    try {
      return accessor.invoke(view);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + accessor, e);
    }
  }
}
