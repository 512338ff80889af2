package dev.firebreak.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a body says.
 *
 * @param items one for each alert of the body, in its order
 * @param groupKey the sender's name of the group they came in, or null
 * @param groupResolved whether the sender says that nothing of the group fires any more
 * @param truncated how many alerts of the group the sender left out; their absence means nothing
 * @param notes what else the receipt should say
 */
public record Parsed(
    List<Item> items,
    @Nullable String groupKey,
    boolean groupResolved,
    long truncated,
    List<String> notes) {
  public Parsed {
    items = List.copyOf(items);
    notes = List.copyOf(notes);
  }

  /** One alert of a body. */
  public sealed interface Item {
    /** Its place in the body, from 0. */
    int index();
  }

  /**
   * An alert that could be read.
   *
   * @param startKnown false when the sender does not say when it began; {@code startsAt} is then
   *     the time of receipt
   */
  public record Read(int index, Alert alert, boolean startKnown) implements Item {}

  /**
   * An alert that could not be read.
   *
   * @param fingerprint the sender's key, empty when it could not be read either
   * @param reason names the field
   */
  public record Faulty(int index, String fingerprint, String reason) implements Item {}
}
