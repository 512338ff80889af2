package dev.firebreak.ticket.redmine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.outbox.CourierException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds Redmine's numbers for the names in the configuration: Redmine ignores a number it does not
 * know, so a wrong name must be an error here. A number once found is remembered. Thread-safe.
 */
final class RedmineNames {
  private final String name;
  private final RedmineClient client;
  private final @Nullable String tracker;
  private final Map<String, String> priorities;
  private final @Nullable String resolvedStatus;
  private final Map<String, Integer> found = new ConcurrentHashMap<>();

  RedmineNames(
      String name,
      RedmineClient client,
      @Nullable String tracker,
      Map<String, String> priorities,
      @Nullable String resolvedStatus) {
    this.name = name;
    this.client = client;
    this.tracker = tracker;
    this.priorities = Map.copyOf(priorities);
    this.resolvedStatus = resolvedStatus;
  }

  /** The tracker of new tickets. */
  OptionalInt tracker() {
    return number("tracker", tracker, "trackers");
  }

  /** The priority for a severity. */
  OptionalInt priority(String severity) {
    return number("priorities", priorities.get(severity), "enumerations/issue_priorities");
  }

  /** The status of tickets of resolved incidents. */
  OptionalInt resolvedStatus() {
    return number("resolvedStatus", resolvedStatus, "issue_statuses");
  }

  private OptionalInt number(String key, @Nullable String wanted, String list) {
    if (wanted == null) {
      return OptionalInt.empty();
    }
    Integer known = found.get(list + '/' + wanted);
    int number = known == null ? look(key, wanted, list) : known;
    found.put(list + '/' + wanted, number);
    return OptionalInt.of(number);
  }

  private int look(String key, String wanted, String list) {
    JsonNode body =
        client.fine(client.get(client.at(list + ".json").build()), "reading its " + list).body();
    List<String> there = new ArrayList<>();
    for (JsonNode entry : body.path(list.substring(list.indexOf('/') + 1))) {
      String named = entry.path("name").asText();
      if (named.equalsIgnoreCase(wanted)) {
        return entry.path("id").asInt();
      }
      there.add(named);
    }
    throw new CourierException(
        "tickets.%s.%s names '%s', which Redmine does not have (it has: %s)"
            .formatted(name, key, wanted, String.join(", ", there)),
        true,
        null);
  }
}
