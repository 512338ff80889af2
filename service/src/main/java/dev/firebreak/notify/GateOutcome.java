package dev.firebreak.notify;

import dev.firebreak.channel.Answering;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Channels;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Message;
import dev.firebreak.outbox.Courier;
import dev.firebreak.outbox.CourierException;
import dev.firebreak.outbox.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries messages of kind {@code gate-outcome}: wherever a question was asked with buttons, they
 * are taken off and what came of it is said, however it was decided. Thread-safe.
 */
public final class GateOutcome implements Courier {
  /** The kind of its messages. */
  public static final String KIND = "gate-outcome";

  private final Channels channels;
  private final Ledger ledger;
  private final Outbox outbox;

  public GateOutcome(Channels channels, Ledger ledger, Outbox outbox) {
    this.channels = channels;
    this.ledger = ledger;
    this.outbox = outbox;
  }

  /** What to tell of a gate that is over. */
  public static Message message(String gate, String incident, String question, String outcome) {
    return new Message(
        KIND,
        gate + "/outcome",
        Map.of("gate", gate, "incident", incident, "question", question, "outcome", outcome));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String carry(Message message) {
    String gate = text(message, "gate");
    List<Outbox.Entry> asked =
        ledger.read(tx -> outbox.ofIncident(tx, text(message, "incident"))).stream()
            .filter(entry -> entry.message().kind().equals(NotifyMessage.KIND))
            .filter(entry -> entry.message().key().startsWith(gate + "/"))
            .filter(entry -> answering(entry).isPresent())
            .toList();
    List<String> settled = new ArrayList<>();
    for (Outbox.Entry entry : asked) {
      if (entry.receipt() != null) {
        settle(answering(entry).orElseThrow(), entry.receipt(), message);
        settled.add(entry.message().key());
      } else if (entry.dueAt() != null) {
        throw new CourierException("the question itself is not delivered yet", false, null);
      }
    }
    return settled.size() + " messages settled";
  }

  private void settle(Answering channel, String receipt, Message message) {
    try {
      channel.settle(
          receipt, text(message, "question"), "This is over: " + text(message, "outcome"));
    } catch (ChannelException e) {
      throw new CourierException(String.valueOf(e.getMessage()), e.permanent(), e);
    }
  }

  private Optional<Answering> answering(Outbox.Entry entry) {
    return NotifyMessage.channels(entry.message().payload()).stream()
        .findFirst()
        .flatMap(channels::answering);
  }

  private static String text(Message message, String key) {
    return String.valueOf(message.payload().get(key));
  }
}
