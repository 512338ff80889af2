package dev.firebreak.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may answer a gate alone.
 *
 * @param by people and teams; nobody unless said
 */
record GlassSettings(@Nullable List<String> by) {
  /** Nobody. */
  static final GlassSettings NONE = new GlassSettings(null);

  /** The same, never null. */
  List<String> named() {
    return by == null ? List.of() : by;
  }
}
