package dev.firebreak.notify;

import dev.firebreak.channel.Channels;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.outbox.OutboxListener;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.RunListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises an alarm when nobody received a notice for a minute, or a message was given up: on the
 * record, in the console until somebody has seen it, and by other channels than those that failed.
 * Thread-safe; works inside transactions.
 */
public final class UnheardDesk implements OutboxListener {
  /** How long a notice may be without a reader before somebody else must hear of it. */
  static final Duration MINUTE = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(UnheardDesk.class);
  private static final String PREFIX = "unheard/";

  private final UnheardMessages kept;
  private final Outbox outbox;
  private final Journal journal;
  private final List<RunListener> listeners;
  private final Ids ids;
  private final List<String> alarms;

  /**
   * @param alarms the channels that hear of it, in this order; may be empty
   * @param listeners told of each line of the record once it is durable
   */
  public UnheardDesk(
      UnheardMessages kept,
      Outbox outbox,
      Journal journal,
      List<RunListener> listeners,
      Ids ids,
      List<String> alarms) {
    this.kept = kept;
    this.outbox = outbox;
    this.journal = journal;
    this.listeners = List.copyOf(listeners);
    this.ids = ids;
    this.alarms = List.copyOf(alarms);
  }

  /** What is wrong with the section {@code alarms}; empty if fine. */
  public static List<String> problems(List<String> alarms, Channels channels) {
    return alarms.stream()
        .filter(name -> !channels.names().contains(name))
        .map(name -> "alarms: " + channels.unknown(name))
        .toList();
  }

  @Override
  public void delivered(Tx tx, Outbox.Entry entry, String receipt, Instant at) {
    if (entry.attempts() > 0) {
      kept.ofMessage(tx, entry.message().key())
          .ifPresent(late -> end(tx, late, Actor.ENGINE, "arrived after all", at));
    }
  }

  @Override
  public void failed(Tx tx, Outbox.Entry entry, String error, Instant next, Instant at) {
    boolean soon = next.isBefore(entry.createdAt().plus(MINUTE));
    if (!soon && entry.message().kind().equals(NotifyMessage.KIND)) {
      raise(tx, entry, "It is still tried: " + error, at);
    }
  }

  @Override
  public void givenUp(Tx tx, Outbox.Entry entry, String error, Instant at) {
    raise(tx, entry, "It was given up: " + error, at);
  }

  /**
   * Somebody has seen it.
   *
   * @return whether it was there and open
   */
  public boolean seen(Tx tx, String id, Actor by, Instant at) {
    return kept.find(tx, id)
        .map(unheard -> end(tx, unheard, by, "seen by " + by.name(), at))
        .orElse(false);
  }

  private void raise(Tx tx, Outbox.Entry entry, String why, Instant at) {
    String key = entry.message().key();
    if (key.startsWith(PREFIX) || kept.ofMessage(tx, key).isPresent()) {
      return;
    }
    List<String> others = others(entry);
    String what = what(entry);
    Unheard unheard = new Unheard(ids.next("unh"), key, entry.incidentId(), what, why, at);
    kept.add(tx, unheard);
    if (!others.isEmpty()) {
      outbox.add(tx, alarm(unheard, others), entry.incidentId(), at);
    }
    String told = others.isEmpty() ? "no other channel can be told" : "told instead: " + others;
    LOG.error("UNHEARD: {} of {}: {}; {}", what, entry.incidentId(), why, told);
    String text = "nobody received %s; %s. %s".formatted(what, told, why);
    write(tx, unheard, Actor.ENGINE, "message.unheard", text, at);
  }

  private List<String> others(Outbox.Entry entry) {
    List<String> others = new ArrayList<>(alarms);
    if (entry.message().kind().equals(NotifyMessage.KIND)) {
      others.removeAll(NotifyMessage.channels(entry.message().payload()));
    }
    return others;
  }

  private static String what(Outbox.Entry entry) {
    Map<String, Object> payload = entry.message().payload();
    Object step = payload.get("step");
    Object name = payload.getOrDefault("template", step == null ? "a text" : "step " + step);
    return entry.message().kind().equals(NotifyMessage.KIND)
        ? "a notice (%s)".formatted(name)
        : "a message (%s)".formatted(entry.message().kind());
  }

  private static Message alarm(Unheard unheard, List<String> channels) {
    return new Message(
        NotifyMessage.KIND,
        PREFIX + unheard.messageKey(),
        Map.of(
            "incident",
            unheard.incidentId(),
            "channels",
            channels,
            "subject",
            "Nobody received " + unheard.what(),
            "text",
            "Nobody received %s. You are told in its place: look at the incident.\n\n%s"
                .formatted(unheard.what(), unheard.error())));
  }

  private boolean end(Tx tx, Unheard unheard, Actor by, String how, Instant at) {
    boolean ended = kept.end(tx, unheard.id(), by.asText(), at);
    if (ended) {
      String text = "nobody had received %s: %s".formatted(unheard.what(), how);
      write(tx, unheard, by, "message.unheard-ended", text, at);
    }
    return ended;
  }

  private void write(Tx tx, Unheard unheard, Actor by, String kind, String text, Instant at) {
    JournalEntry line =
        journal.append(
            tx,
            new JournalEntry.Note(
                unheard.incidentId(),
                at,
                by.asText(),
                kind,
                null,
                null,
                text,
                Map.of("message", unheard.messageKey(), "unheard", unheard.id())));
    tx.afterCommit(() -> listeners.forEach(listener -> listener.recorded(line)));
  }
}
