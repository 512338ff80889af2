package dev.firebreak.alert.alertmanager;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.firebreak.alert.AlertText;
import dev.firebreak.alert.JsonBody;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one alert to its end, whatever is wrong with it, so that the next one can be read. */
final class AlertReader {
  private static final Set<String> TEXTS =
      Set.of("status", "startsAt", "endsAt", "generatorURL", "fingerprint");

  private final JsonParser in;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final Map<String, String> annotations = new LinkedHashMap<>();
  private @Nullable String fault;

  AlertReader(JsonParser in) {
    this.in = in;
  }

  GroupAlert read() throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      wrong("it must be an object, not " + GroupReader.kind(in));
      JsonBody.skip(in);
      return alert();
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      field(name);
    }
    if (!seen.contains("labels")) {
      wrong("labels is missing");
    }
    return alert();
  }

  private GroupAlert alert() {
    return new GroupAlert(texts, labels, annotations, fault);
  }

  private void field(String name) throws IOException {
    boolean wanted = TEXTS.contains(name) || name.equals("labels") || name.equals("annotations");
    if (wanted && !seen.add(name)) {
      wrong(name + " is given twice");
      JsonBody.skip(in);
    } else if (name.equals("labels")) {
      entries(name, labels);
    } else if (name.equals("annotations") && in.currentToken() != JsonToken.VALUE_NULL) {
      entries(name, annotations);
    } else if (TEXTS.contains(name) && in.currentToken() != JsonToken.VALUE_NULL) {
      text(name, name, texts);
    } else {
      JsonBody.skip(in);
    }
  }

  private void entries(String field, Map<String, String> into) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      wrong(field + " must be an object, not " + GroupReader.kind(in));
      JsonBody.skip(in);
      return;
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      entry(field, name, into);
    }
  }

  private void entry(String field, String name, Map<String, String> into) throws IOException {
    if (into.size() > AlertText.MAX_LABELS) {
      wrong(field + " has more than " + AlertText.MAX_LABELS + " entries");
      JsonBody.skip(in);
    } else if (into.containsKey(name)) {
      wrong(field + "." + AlertText.shown(name) + " is given twice");
      JsonBody.skip(in);
    } else {
      text(field + "." + AlertText.shown(name), name, into);
    }
  }

  private void text(String path, String name, Map<String, String> into) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      into.put(name, in.getText());
    } else {
      wrong(path + " must be a text, not " + GroupReader.kind(in));
      JsonBody.skip(in);
    }
  }

  private void wrong(String what) {
    if (fault == null) {
      fault = what;
    }
  }
}
