package dev.firebreak.alert.alertmanager;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One alert of a body, read but not checked.
 *
 * @param texts its plain fields by name
 * @param fault the first thing that was wrong with it, or null
 */
record GroupAlert(
    Map<String, String> texts,
    Map<String, String> labels,
    Map<String, String> annotations,
    @Nullable String fault) {
  @Nullable String text(String field) {
    return texts.get(field);
  }
}
