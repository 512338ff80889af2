package dev.firebreak.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.firebreak.core.Nearest;
import io.dropwizard.configuration.ConfigurationException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a configuration file, in words of ours: where, what, and what to write. Values
 * are not repeated, as one in a wrong place may be a secret.
 */
record ConfigurationFault(String file, ConfigurationText text) {
  private static final Pattern NAMED = Pattern.compile("must be .*, not '([^']+)'$");
  private static final Pattern KNOWN = Pattern.compile("known type ids = \\[([^]]*)]");

  String of(Exception fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonMappingException mapping) {
        return of(mapping);
      }
      if (cause instanceof JsonProcessingException broken) {
        return unreadable(broken);
      }
    }
    return fault instanceof ConfigurationException listed && !listed.getErrors().isEmpty()
        ? file + ": " + String.join("; ", listed.getErrors())
        : file + ": " + fault.getMessage();
  }

  private String unreadable(JsonProcessingException broken) {
    String line = broken.getLocation() == null ? "" : ":" + broken.getLocation().getLineNr();
    String what = String.valueOf(broken.getOriginalMessage()).lines().findFirst().orElse("");
    return "%s%s: this is no YAML from here on: %s; look at the indentation, quotes and brackets"
        .formatted(file, line, what);
  }

  private String of(JsonMappingException mapping) {
    String place = place(mapping);
    if (mapping instanceof UnrecognizedPropertyException unknown) {
      return at(place, "there is no such key (" + advice(unknown) + ")");
    }
    if (mapping instanceof InvalidTypeIdException type) {
      return at(place, type(type));
    }
    if (ours(mapping) instanceof String said) {
      return said(place, said);
    }
    if (mapping instanceof MismatchedInputException wrong) {
      return at(place, wanted(wrong.getTargetType()) + ", not " + text.kind(place));
    }
    return at(place, "cannot be read; see docs/operators/configuration.md");
  }

  private static String advice(UnrecognizedPropertyException unknown) {
    Collection<Object> known = Objects.requireNonNullElse(unknown.getKnownPropertyIds(), List.of());
    return Nearest.advice(
        unknown.getPropertyName(), known.stream().map(String::valueOf).sorted().toList());
  }

  private static String type(InvalidTypeIdException type) {
    Matcher known = KNOWN.matcher(String.valueOf(type.getOriginalMessage()));
    String ids = known.find() ? ": one of " + known.group(1) : "";
    return type.getTypeId() == null
        ? "its 'type' is missing" + ids + "; write it as in {type: …}"
        : "there is no type '" + type.getTypeId() + "'" + ids;
  }

  /** What a type of ours said of itself; null when it said nothing. */
  private static @Nullable String ours(JsonMappingException mapping) {
    Throwable cause = mapping.getCause();
    while (cause != null && cause.getCause() instanceof IllegalArgumentException deeper) {
      cause = deeper;
    }
    return cause instanceof IllegalArgumentException && cause.getMessage() != null
        ? cause.getMessage()
        : null;
  }

  /** Some of our messages name the place themselves. */
  private String said(String place, String said) {
    String section = place.split("[.\\[]", 2)[0];
    return said.startsWith(section + ".") || said.startsWith(section + ":")
        ? text.where(file, said.startsWith(place) ? said.split(":", 2)[0] : place) + ": " + said
        : at(guilty(place, said), said);
  }

  /** Below a place, the one key whose value a message names: {@code …, not '5x'}. */
  private String guilty(String place, String said) {
    Matcher value = NAMED.matcher(said);
    return value.find() ? text.holding(place, value.group(1)).orElse(place) : place;
  }

  private String at(String place, String what) {
    return text.where(file, place) + ": " + (place.isEmpty() ? "" : place + ": ") + what;
  }

  private static String wanted(@Nullable Class<?> type) {
    if (type == null) {
      return "must be written otherwise";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "must be a list, as in [a, b]";
    }
    if (type == String.class) {
      return "must be a text";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "must be true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "must be a number";
    }
    if (type.isEnum()) {
      return "must be one of "
          + List.of(type.getEnumConstants()).stream()
              .map(word -> String.valueOf(word).toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    return Map.class.isAssignableFrom(type)
        ? "must be a mapping, as in {name: …}"
        : "must be a mapping of its keys, as in {key: value}";
  }

  /** {@code people.ana.contacts[0].to}; empty for the file itself. */
  private static String place(JsonMappingException mapping) {
    StringBuilder place = new StringBuilder();
    for (JsonMappingException.Reference step : mapping.getPath()) {
      if (step.getFieldName() == null) {
        place.append('[').append(step.getIndex()).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return place.toString();
  }
}
