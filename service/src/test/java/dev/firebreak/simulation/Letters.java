package dev.firebreak.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What arrived outside, and what must hold of it. */
final class Letters {
  private final World world;
  private final Set<String> arrived = new HashSet<>();

  /** What is carried now, by lane: one incident's messages go one after the other. */
  private final Map<String, String> lanes = new HashMap<>();

  Letters(World world) {
    this.world = world;
  }

  private Optional<MemoryMessages.Kept> kept(String key) {
    MemoryTx now = world.store().look();
    return world
        .store()
        .messageKeys
        .get(now, key)
        .flatMap(place -> world.store().messages.get(now, place));
  }

  void begins(Node node, String key) {
    Optional<MemoryMessages.Kept> kept = kept(key);
    world.laws().check(kept.isPresent(), "a message is carried that nobody committed: " + key);
    // one that stood still may carry what another one has taken over: couriers find what is there
    kept.filter(it -> it.owner().equals(node.name()))
        .ifPresent(
            it -> {
              world
                  .laws()
                  .check(it.entry().dueAt() != null, "a message is carried after its end: " + key);
              String other = lanes.put(lane(node, it), key);
              world
                  .laws()
                  .check(other == null, "two at once in one lane: %s, %s".formatted(other, key));
            });
  }

  void ends(Node node, String key) {
    lanes.values().remove(key);
  }

  private static String lane(Node node, MemoryMessages.Kept kept) {
    return node.name() + ' ' + kept.entry().incidentId();
  }

  void arrives(String key) {
    arrived.add(key);
  }

  /** Something was written of a message. */
  void committed(MemoryMessages.Kept kept) {
    world
        .laws()
        .check(
            kept.entry().deliveredAt() == null || arrived.contains(kept.entry().message().key()),
            "delivered, they say, and it never arrived: " + kept.entry().message().key());
  }

  /** Each is there, or was given up by name. */
  void atTheEnd(MemoryTx now) {
    world
        .store()
        .messages
        .rows(now)
        .forEach(
            it ->
                world
                    .laws()
                    .check(
                        it.entry().dueAt() == null,
                        "a message without an end: " + it.entry().message().key()));
  }
}
