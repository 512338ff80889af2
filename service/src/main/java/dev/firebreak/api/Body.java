package dev.firebreak.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of orders, strictly: an unknown field, a field given twice, a number for a text
 * are errors that name the field, because an order half understood is an order misunderstood.
 */
final class Body {
  /** The longest reason, note or name. */
  static final int LONGEST_TEXT = 4_000;

  private static final int LARGEST = 64 * 1024;
  private static final JsonMapper STRICT = strict();

  private Body() {}

  private static JsonMapper strict() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
    for (CoercionInputShape shape :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      builder.withCoercionConfig(
          LogicalType.Textual, config -> config.setCoercion(shape, CoercionAction.Fail));
    }
    return builder.build();
  }

  /** Reads a body; an absent one is the empty object. */
  static <T> T read(InputStream body, Class<T> type) {
    return read(bytes(body), type);
  }

  /** The bytes of a body that is not too large for an order. */
  static byte[] bytes(InputStream body) {
    return bytes(body, LARGEST);
  }

  /** Reads bytes; none are the empty object. */
  static <T> T read(byte[] bytes, Class<T> type) {
    try {
      T value = STRICT.readValue(bytes.length == 0 ? new byte[] {'{', '}'} : bytes, type);
      if (value == null) {
        throw Refusals.body("It must be a JSON object, not null.");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw refusal(e);
    } catch (IOException e) {
      throw Refusals.body("It could not be read.");
    }
  }

  /** Reads a text in UTF-8. */
  static String text(InputStream body, int largest) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes(body, largest)))
          .toString();
    } catch (CharacterCodingException e) {
      throw Refusals.body("It is not UTF-8.");
    }
  }

  private static byte[] bytes(InputStream body, int largest) {
    byte[] bytes;
    try {
      bytes = body.readNBytes(largest + 1);
    } catch (IOException e) {
      throw Refusals.body("It ended before its time.");
    }
    if (bytes.length > largest) {
      throw new ProblemException(
          Problem.of(
              413,
              "too-large",
              "The request's body is too large",
              "At most %d bytes are taken here.".formatted(largest)));
    }
    return bytes;
  }

  /** A field that must hold some text. */
  static String required(String field, @Nullable String value) {
    String text = optional(field, value);
    if (text.isEmpty()) {
      throw Refusals.field(field, "is required, and must not be blank");
    }
    return text;
  }

  /** A field that may hold some text; empty when it does not. */
  static String optional(String field, @Nullable String value) {
    String text = value == null ? "" : value.strip();
    if (text.length() > LONGEST_TEXT) {
      throw Refusals.field(field, "must have at most %d characters".formatted(LONGEST_TEXT));
    }
    return text;
  }

  private static ProblemException refusal(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return Refusals.field(path(unknown), "is not known here; known: " + known(unknown));
    }
    if (e instanceof MismatchedInputException mismatch && !path(mismatch).isEmpty()) {
      return Refusals.field(path(mismatch), "must be " + expected(mismatch.getTargetType()));
    }
    return Refusals.body("It must be one JSON object" + where(e.getLocation()) + twice(e));
  }

  private static String known(UnrecognizedPropertyException unknown) {
    Collection<Object> ids = unknown.getKnownPropertyIds();
    return ids == null
        ? "nothing"
        : ids.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference part : e.getPath()) {
      if (part.getFieldName() == null) {
        path.append('[').append(part.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(part.getFieldName());
      }
    }
    return path.toString();
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type != null && Map.class.isAssignableFrom(type)) {
      return "an object";
    }
    if (type != null && Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return type == String.class ? "a text" : "of another type";
  }

  private static String where(@Nullable JsonLocation at) {
    return at == null
        ? "."
        : "; it is not at line %d, column %d.".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static String twice(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    return message.startsWith("Duplicate field") ? " A field stands there twice." : "";
  }
}
