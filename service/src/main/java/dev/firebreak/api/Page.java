package dev.firebreak.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items in the order of the list
 * @param next the {@code cursor} of the page after this one, null on the last
 */
@Wire
record Page<T>(List<T> items, @Nullable String next) {
  Page {
    items = List.copyOf(items);
  }

  /**
   * Cuts a page from one entry more than it holds.
   *
   * @param found up to {@link Slice#limit} + 1 entries
   * @param cursor of an entry
   */
  static <D, T> Page<T> of(
      List<D> found, Slice slice, Function<D, String> cursor, Function<D, T> document) {
    boolean more = found.size() > slice.limit();
    List<D> shown = more ? found.subList(0, slice.limit()) : found;
    return new Page<>(
        shown.stream().map(document).toList(), more ? cursor.apply(shown.getLast()) : null);
  }
}
