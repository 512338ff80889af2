package dev.firebreak.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads JSON of strangers: bounded in depth, in the length of numbers and texts, and in time. */
public final class JsonBody {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_NUMBER = 500;
  private static final int MAX_STRING = 2 * 1024 * 1024;
  private static final int MAX_NAME = 70_000;
  private static final int MAX_VALUES = 500_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER)
                  .maxStringLength(MAX_STRING)
                  .maxNameLength(MAX_NAME)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private JsonBody() {}

  /** Reads a body with the parser on its first token. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads one value, to its last token. */
    T read(JsonParser in) throws IOException;
  }

  /**
   * Reads a body that holds exactly one JSON value.
   *
   * @throws UnreadableBody naming the field and the place in the body
   */
  public static <T> T read(byte[] body, Reading<T> reading) {
    try (JsonParser in = FACTORY.createParser(body)) {
      if (in.nextToken() == null) {
        throw UnreadableBody.malformed("the body is empty: a JSON document is expected");
      }
      return whole(in, reading);
    } catch (IOException e) {
      throw UnreadableBody.malformed("the body is not text in UTF-8");
    }
  }

  /**
   * Reads a whole body as one JSON value: see {@link #value(JsonParser)}.
   *
   * @throws UnreadableBody naming the field and the place in the body
   */
  public static @Nullable Object document(byte[] body) {
    return read(body, in -> Optional.ofNullable(value(in))).orElse(null);
  }

  private static <T> T whole(JsonParser in, Reading<T> reading) throws IOException {
    try {
      T value = reading.read(in);
      if (in.nextToken() != null) {
        throw at(in, "there is more after the end of the JSON document");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw fault(in, e);
    }
  }

  private static UnreadableBody fault(JsonParser in, JsonProcessingException e) {
    String what = e.getOriginalMessage().replaceAll(", from `[^`]*`", "");
    boolean bounds = e instanceof StreamConstraintsException;
    return at(in, (bounds ? "over the limits: " : "not JSON: ") + AlertText.line(what));
  }

  /** A fault that names where the parser stands. */
  public static UnreadableBody at(JsonParser in, String what) {
    JsonLocation place = in.currentLocation();
    String field = in.getParsingContext().pathAsPointer().toString();
    return UnreadableBody.malformed(
        "at byte "
            + place.getByteOffset()
            + (field.isEmpty() ? "" : ", field " + AlertText.shown(field))
            + ": "
            + what);
  }

  /** Passes over the value the parser stands on, to its last token. */
  public static void skip(JsonParser in) throws IOException {
    int depth = 0;
    JsonToken token = in.currentToken();
    while (true) {
      if (token == null) {
        return;
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      finite(in, token);
      if (depth == 0) {
        return;
      }
      token = in.nextToken();
    }
  }

  private static void finite(JsonParser in, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NUMBER_FLOAT && !Double.isFinite(in.getDoubleValue())) {
      throw at(in, "a number is too large");
    }
  }

  /**
   * Reads the value the parser stands on: maps, lists, strings, longs, doubles, booleans, null. A
   * whole number beyond 64 bits becomes a text, so that a key made of it stays exact.
   */
  public static @Nullable Object value(JsonParser in) throws IOException {
    return value(in, new int[1]);
  }

  private static @Nullable Object value(JsonParser in, int[] seen) throws IOException {
    if (++seen[0] > MAX_VALUES) {
      throw at(in, "more than " + MAX_VALUES + " values");
    }
    finite(in, in.currentToken());
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in, seen);
      case START_ARRAY -> array(in, seen);
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> whole(in);
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      default -> null;
    };
  }

  private static Object whole(JsonParser in) throws IOException {
    return in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? in.getText()
        : (Object) in.getLongValue();
  }

  private static Map<String, @Nullable Object> object(JsonParser in, int[] seen)
      throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      if (map.containsKey(name)) {
        throw at(in, "this name is given twice");
      }
      in.nextToken();
      map.put(name, value(in, seen));
    }
    return map;
  }

  private static List<@Nullable Object> array(JsonParser in, int[] seen) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(in, seen));
    }
    return list;
  }
}
