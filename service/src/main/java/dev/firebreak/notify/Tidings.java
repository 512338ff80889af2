package dev.firebreak.notify;

import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Matter;
import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Incident;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells channels that follow incidents that one was acknowledged or resolved: those that were told
 * of it before, except the one it was done in. Thread-safe.
 */
public record Tidings(Channels channels, Outbox outbox) {
  /**
   * How an actor is named who did something on the other side of a channel.
   *
   * @param person as the other side calls them
   */
  public static String actor(String channel, String person) {
    return channel + ": " + person;
  }

  /** What has to go out now; empty for an incident that is open. */
  public List<Message> of(Tx tx, Incident incident) {
    if (incident.status() == Incident.Status.OPEN || !channels.anyFollowing()) {
      return List.of();
    }
    boolean over = incident.status() == Incident.Status.RESOLVED;
    String by = over ? incident.resolvedBy() : incident.acknowledgedBy();
    Instant at = over ? incident.resolvedAt() : incident.acknowledgedAt();
    return told(tx, incident.id()).stream()
        .filter(channel -> !in(channel, by))
        .map(channel -> message(incident, channel, over, by, at))
        .toList();
  }

  private static boolean in(String channel, @Nullable String by) {
    String name = Objects.requireNonNullElse(by, "");
    String mark = actor(channel, "");
    return name.startsWith(mark) || name.startsWith("machine:" + mark);
  }

  private Set<String> told(Tx tx, String incidentId) {
    Set<String> told = new LinkedHashSet<>();
    for (Outbox.Entry entry : outbox.ofIncident(tx, incidentId)) {
      if (entry.message().kind().equals(NotifyMessage.KIND)) {
        NotifyMessage.channels(entry.message().payload()).stream()
            .filter(name -> channels.following(name).isPresent())
            .forEach(told::add);
      }
    }
    return told;
  }

  private static Message message(
      Incident incident, String channel, boolean over, @Nullable String by, @Nullable Instant at) {
    Matter.Stage stage = over ? Matter.Stage.RESOLVED : Matter.Stage.ACKNOWLEDGED;
    String word = stage.name().toLowerCase(Locale.ROOT);
    long moment = at == null ? 0 : at.toEpochMilli();
    return new Message(
        NotifyMessage.KIND,
        "%s/%s/%d/%s".formatted(incident.id(), word, moment, channel),
        Map.of(
            "incident",
            incident.id(),
            "channels",
            List.of(channel),
            "stage",
            word,
            "text",
            "%s by %s".formatted(word, Objects.requireNonNullElse(by, "somebody"))));
  }
}
