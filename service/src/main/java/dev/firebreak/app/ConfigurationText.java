package dev.firebreak.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A configuration as it is written, to say on which line a key stands. Immutable. */
record ConfigurationText(@Nullable Node root) {
  private static final Pattern PLACE = Pattern.compile("([A-Za-z]+(?:[.\\[][^:\\s]*)?): ");
  private static final Pattern PART = Pattern.compile("\\[(\\d+)]|([^.\\[]+)");

  /** Reads a file; one that is no YAML has no lines. */
  static ConfigurationText of(String file) {
    try {
      String text = Files.readString(Path.of(file));
      LoadSettings settings = LoadSettings.builder().setLabel(file).build();
      return new ConfigurationText(new Compose(settings).composeString(text).orElse(null));
    } catch (IOException | YamlEngineException e) {
      return new ConfigurationText(null);
    }
  }

  /** The one key below a place that has this value; empty when none has, or several have. */
  Optional<String> holding(String place, String value) {
    List<String> keys = new ArrayList<>();
    if (at(place).node() instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key
            && tuple.getValueNode() instanceof ScalarNode held
            && held.getValue().equals(value)) {
          keys.add(place + "." + key.getValue());
        }
      }
    }
    return keys.size() == 1 ? Optional.of(keys.getFirst()) : Optional.empty();
  }

  /** What is written at a place: {@code a list}; empty where nothing is. */
  String kind(String place) {
    return switch (at(place).node()) {
      case MappingNode mapping -> "a mapping of keys";
      case SequenceNode list -> "a list";
      case ScalarNode scalar -> scalar.getValue().isEmpty() ? "nothing" : "a single value";
      case null, default -> "something else";
    };
  }

  /** {@code config.yml:12} for the line of a place, or of what holds it. */
  String where(String file, String place) {
    Optional<Mark> mark = at(place).mark();
    return file + mark.map(found -> ":" + (found.getLine() + 1)).orElse("");
  }

  /** The same for a message that begins with its place: {@code opa.url: is required}. */
  String located(String file, String message) {
    Matcher place = PLACE.matcher(message);
    return (place.lookingAt() ? where(file, place.group(1)) : file) + ": " + message;
  }

  /** A node, and the mark of the key it belongs to. */
  private record Spot(@Nullable Node node, Optional<Mark> mark) {}

  private Spot at(String place) {
    Spot spot = new Spot(root, Optional.empty());
    for (String part : parts(place)) {
      Optional<Spot> next = below(spot.node(), part);
      if (next.isEmpty()) {
        return spot;
      }
      spot = next.get();
    }
    return spot;
  }

  private static List<String> parts(String place) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(place);
    while (matcher.find()) {
      parts.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return parts;
  }

  private static Optional<Spot> below(@Nullable Node node, String part) {
    return switch (node) {
      case MappingNode mapping -> child(mapping, part);
      case SequenceNode list
          when part.matches("\\d{1,6}") && Integer.parseInt(part) < list.getValue().size() -> {
        Node item = list.getValue().get(Integer.parseInt(part));
        yield Optional.of(new Spot(item, item.getStartMark()));
      }
      case null, default -> Optional.empty();
    };
  }

  private static Optional<Spot> child(MappingNode mapping, String key) {
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
        return Optional.of(new Spot(tuple.getValueNode(), name.getStartMark()));
      }
    }
    return Optional.empty();
  }
}
