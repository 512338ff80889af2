package dev.firebreak.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads JSON from outside into values that conditions and templates can use. */
public final class JsonValues {
  private JsonValues() {}

  /**
   * The value in these bytes, empty when they are not exactly one JSON text. Numbers become longs
   * or finite doubles; those that are neither become texts.
   */
  public static Optional<Object> read(ObjectMapper json, byte[] bytes) {
    try {
      Object value =
          json.readerFor(Object.class)
              .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readValue(bytes);
      return Optional.ofNullable(plain(value));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((name, field) -> fields.put(String.valueOf(name), plain(field)));
        yield fields;
      }
      case List<?> list -> {
        List<Object> items = new ArrayList<>();
        list.forEach(item -> items.add(plain(item)));
        yield items;
      }
      case Integer number -> number.longValue();
      case BigInteger number -> number.toString();
      case Double number when !Double.isFinite(number) -> number.toString();
      case null, default -> value;
    };
  }

  /** The JSON text of a value. */
  public static byte[] write(ObjectMapper json, Object value) {
    try {
      return json.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON value", e);
    }
  }
}
