package dev.firebreak.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file as a tree of JSON values that know where they stand; lines and columns from 1. */
sealed interface YamlNode {
  int line();

  int column();

  /**
   * A single value.
   *
   * @param value text, whole number, fraction, boolean or null
   * @param style how it is written: {@code "}, {@code '}, {@code |}, {@code >}, or a space if plain
   */
  record Scalar(@Nullable Object value, char style, int line, int column) implements YamlNode {}

  /** A list. */
  record Items(List<YamlNode> items, int line, int column) implements YamlNode {}

  /** A mapping, in the order of the file. */
  record Fields(Map<String, Field> fields, int line, int column) implements YamlNode {
    @Nullable YamlNode value(String key) {
      Field field = fields.get(key);
      return field == null ? null : field.value();
    }
  }

  /** A key's place, and its value. */
  record Field(int line, int column, YamlNode value) {}

  /** The value below a key, null when this is no mapping or has no such key. */
  static @Nullable YamlNode at(@Nullable YamlNode node, String key) {
    return node instanceof Fields fields ? fields.value(key) : null;
  }

  /** The items of a list, none when this is no list. */
  static List<YamlNode> items(@Nullable YamlNode node) {
    return node instanceof Items items ? items.items() : List.of();
  }

  /** The fields of a mapping, none when this is no mapping. */
  static Map<String, Field> fields(@Nullable YamlNode node) {
    return node instanceof Fields fields ? fields.fields() : Map.of();
  }

  /** The text, null when this is none. */
  static @Nullable String text(@Nullable YamlNode node) {
    return node instanceof Scalar(String text, char style, int line, int column) ? text : null;
  }

  /** Plain JSON values: maps, lists, texts, numbers, booleans, null. */
  static @Nullable Object plain(YamlNode node) {
    return switch (node) {
      case Scalar scalar -> scalar.value();
      case Items items -> {
        List<@Nullable Object> list = new ArrayList<>();
        items.items().forEach(item -> list.add(plain(item)));
        yield list;
      }
      case Fields fields -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        fields.fields().forEach((key, field) -> map.put(key, plain(field.value())));
        yield map;
      }
    };
  }

  /** The same for the JSON Schema validator. */
  static JsonNode json(YamlNode node) {
    return switch (node) {
      case Scalar scalar -> json(scalar.value());
      case Items items -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.items().forEach(item -> array.add(json(item)));
        yield array;
      }
      case Fields fields -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.fields().forEach((key, field) -> object.set(key, json(field.value())));
        yield object;
      }
    };
  }

  private static JsonNode json(@Nullable Object value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (value) {
      case null -> nodes.nullNode();
      case Long number -> nodes.numberNode(number);
      case Double number -> nodes.numberNode(number);
      case Boolean flag -> nodes.booleanNode(flag);
      default -> nodes.textNode(String.valueOf(value));
    };
  }
}
