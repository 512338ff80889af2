package dev.firebreak.expression;

import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Translates between JSON values and the values CEL computes with. */
final class CelValues {
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private CelValues() {}

  /** The same value for CEL; the very same object when nothing needs translating. */
  static Object toCel(@Nullable Object json) {
    return switch (json) {
      case null -> NullValue.NULL_VALUE;
      case String text -> text;
      case Boolean flag -> flag;
      case Long number -> number;
      case Double number -> number;
      case Integer number -> number.longValue();
      case Short number -> number.longValue();
      case Float number -> number.doubleValue();
      case BigDecimal number -> number.doubleValue();
      case BigInteger number when number.abs().compareTo(MAX) <= 0 -> number.longValue();
      case BigInteger number -> number.doubleValue();
      case Map<?, ?> map -> toCel(map);
      case List<?> list -> toCel(list);
      default ->
          throw new ExpressionException(
              "a " + json.getClass().getSimpleName() + " is no JSON value");
    };
  }

  private static Map<?, ?> toCel(Map<?, ?> map) {
    Map<Object, Object> copy = new LinkedHashMap<>();
    boolean changed = false;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object value = toCel(entry.getValue());
      changed |= value != entry.getValue();
      copy.put(entry.getKey(), value);
    }
    return changed ? copy : map;
  }

  private static List<?> toCel(List<?> list) {
    List<Object> copy = new ArrayList<>(list.size());
    boolean changed = false;
    for (Object item : list) {
      Object value = toCel(item);
      changed |= value != item;
      copy.add(value);
    }
    return changed ? copy : list;
  }

  /** The same value as JSON. */
  static @Nullable Object toJson(Object cel) {
    return switch (cel) {
      case NullValue none -> null;
      case String text -> text;
      case Boolean flag -> flag;
      case Long number -> number;
      case Double number -> number;
      case Optional<?> maybe -> maybe.map(CelValues::toJson).orElse(null);
      case Map<?, ?> map -> toJson(map);
      case Iterable<?> items -> toJson(items);
      case java.time.Instant time -> time.toString();
      case java.time.Duration time -> dev.firebreak.core.Durations.text(time);
      case Number number -> new BigDecimal(number.toString());
      default ->
          throw new ExpressionException(
              "yields a " + cel.getClass().getSimpleName() + ", which is no JSON value");
    };
  }

  private static Map<String, @Nullable Object> toJson(Map<?, ?> map) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    map.forEach((key, value) -> json.put(String.valueOf(key), toJson(value)));
    return json;
  }

  private static List<@Nullable Object> toJson(Iterable<?> items) {
    List<@Nullable Object> json = new ArrayList<>();
    items.forEach(item -> json.add(toJson(item)));
    return json;
  }
}
