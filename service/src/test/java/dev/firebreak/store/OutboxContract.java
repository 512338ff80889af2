package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.core.Message;
import dev.firebreak.outbox.Outbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Outbox} must do. */
abstract class OutboxContract extends Contract {
  private final String incident = Samples.id("inc");

  private Outbox outbox() {
    return database().outbox();
  }

  /** Who this is. */
  String node() {
    return ((Database) database()).node();
  }

  /** The outbox as this node sees it. */
  Outbox outbox(String node) {
    return new JdbiOutbox(node, true, new Schema(Dialect.MEMORY));
  }

  private Message added(String kind) {
    Message message =
        new Message(kind, Samples.id("key"), Map.of("channel", "#cache", "steps", List.of(1, 2)));
    write(tx -> outbox().add(tx, message, incident, NOON));
    return message;
  }

  private Outbox.Entry entry(Message message) {
    return list(tx -> outbox().ofIncident(tx, incident)).stream()
        .filter(it -> it.message().equals(message))
        .findFirst()
        .orElseThrow();
  }

  private static List<Message> messages(List<Outbox.Entry> entries) {
    return entries.stream().map(Outbox.Entry::message).toList();
  }

  /** What one test leaves due must not be seen by the next. */
  @AfterEach
  void deliverTheRest() {
    write(
        tx -> {
          List<Outbox.Entry> rest =
              new java.util.ArrayList<>(outbox().due(tx, NOON.plusSeconds(999_999), 999));
          rest.addAll(outbox().undelivered(tx, 999));
          rest.forEach(it -> outbox().delivered(tx, it.message().key(), "swept", NOON));
        });
  }

  @Nested
  class Owners {
    private final String other = Samples.id("node");
    private final Outbox theirs = outbox(other);
    private final Outbox ours = outbox(node());

    private Message theirs(String kind) {
      Message message = new Message(kind, Samples.id("key"), Map.of());
      write(tx -> theirs.add(tx, message, incident, NOON));
      return message;
    }

    private void joins(String node, java.time.Duration lease) {
      boolean unused = says(tx -> database().nodes().join(tx, node, "here", NOON, lease));
    }

    @Test
    void messageOfAnotherNode_isNotDueHere() {
      Message message = theirs("ticket");
      assertThat(messages(list(tx -> theirs.due(tx, NOON, 99)))).containsExactly(message);
      assertThat(messages(list(tx -> theirs.due(tx, "ticket", NOON, 99)))).containsExactly(message);
      assertThat(find(tx -> theirs.nextDue(tx))).contains(NOON);
      assertThat(messages(list(tx -> ours.due(tx, NOON, 99)))).doesNotContain(message);
      assertThat(messages(list(tx -> ours.due(tx, "ticket", NOON, 99)))).doesNotContain(message);
      assertThat(messages(list(tx -> ours.ofIncident(tx, incident)))).contains(message);
    }

    @Test
    void incidentsMessagesOfAKind_areCarriedByOneNode() {
      Message first = theirs("ticket");
      Message second = new Message("ticket", Samples.id("key"), Map.of());
      Message notice = new Message("notify", Samples.id("key"), Map.of());
      Optional<Outbox.Entry> behindFirst = commit(tx -> ours.add(tx, second, incident, NOON));
      Optional<Outbox.Entry> mine = commit(tx -> ours.add(tx, notice, incident, NOON));
      assertThat(behindFirst).isEmpty();
      assertThat(mine).contains(Outbox.Entry.added(notice, incident, NOON));
      assertThat(messages(list(tx -> theirs.due(tx, NOON, 99)))).containsExactly(first, second);
      assertThat(messages(list(tx -> ours.due(tx, NOON, 99)))).contains(notice);
    }

    @Test
    void ownerIsGone_messagesAreTakenOver() {
      joins(node(), java.time.Duration.ofMinutes(1));
      joins(other, java.time.Duration.ofMinutes(1));
      Message message = theirs("ticket");
      int whileAlive = commit(tx -> ours.takeOver(tx));
      assertThat(messages(list(tx -> theirs.due(tx, NOON, 99)))).containsExactly(message);
      write(tx -> database().nodes().leave(tx, other));
      int taken = commit(tx -> ours.takeOver(tx));
      assertThat(taken).as("after %d", whileAlive).isPositive();
      assertThat(messages(list(tx -> theirs.due(tx, NOON, 99)))).isEmpty();
      assertThat(messages(list(tx -> ours.due(tx, NOON, 99)))).contains(message);
    }

    @AfterEach
    void deliverTheirs() {
      write(
          tx ->
              theirs
                  .due(tx, NOON.plusSeconds(999_999), 999)
                  .forEach(it -> theirs.delivered(tx, it.message().key(), "swept", NOON)));
    }
  }

  @Nested
  class Add {
    @Test
    void sameKeyAgain_isTheFirstMessage() {
      Message first = added("notify");
      Message again = new Message("ticket", first.key(), Map.of());
      Optional<Outbox.Entry> kept = commit(tx -> outbox().add(tx, again, "inc_x", NOON));
      assertThat(kept).isEmpty();
      assertThat(entry(first))
          .isEqualTo(new Outbox.Entry(first, incident, NOON, 0, NOON, null, null, null));
      assertThat(list(tx -> outbox().ofIncident(tx, "inc_x"))).isEmpty();
    }

    @Test
    void newest_areTheLastOnesNewestFirst() {
      Message unused = added("notify");
      Message second = added("notify");
      Message third = added("ticket");
      assertThat(messages(list(tx -> outbox().newest(tx, incident, 2))))
          .containsExactly(third, second);
    }

    @Test
    void keyOfADeliveredMessage_isNotSentAgain() {
      Message first = added("notify");
      write(tx -> outbox().delivered(tx, first.key(), "ok", NOON));
      write(tx -> outbox().add(tx, first, incident, NOON));
      assertThat(list(tx -> outbox().due(tx, NOON, 99))).isEmpty();
    }

    @Test
    void longKeys_areToldApart() {
      String common = "ticket/" + "x".repeat(3_000);
      for (String end : List.of("1", "2", "2")) {
        write(
            tx -> outbox().add(tx, new Message("ticket", common + end, Map.of()), incident, NOON));
      }
      assertThat(messages(list(tx -> outbox().ofIncident(tx, incident))))
          .extracting(Message::key)
          .containsExactly(common + "1", common + "2");
    }
  }

  @Nested
  class Delivery {
    @Test
    void due_isOldestFirstAndBounded() {
      Message one = added("notify");
      Message two = added("ticket");
      assertThat(messages(list(tx -> outbox().due(tx, NOON, 9)))).containsExactly(one, two);
      assertThat(messages(list(tx -> outbox().due(tx, NOON, 1)))).containsExactly(one);
      assertThat(messages(list(tx -> outbox().due(tx, "ticket", NOON, 1)))).containsExactly(two);
      assertThat(list(tx -> outbox().due(tx, NOON.minusMillis(1), 9))).isEmpty();
      assertThat(find(tx -> outbox().nextDue(tx))).contains(NOON);
    }

    @Test
    void delivered_isDone() {
      Message message = added("notify");
      write(tx -> outbox().delivered(tx, message.key(), "https://tickets/1", NOON.plusSeconds(1)));
      assertThat(entry(message))
          .isEqualTo(
              new Outbox.Entry(
                  message,
                  incident,
                  NOON,
                  1,
                  null,
                  NOON.plusSeconds(1),
                  "https://tickets/1",
                  null));
      write(tx -> outbox().failed(tx, message.key(), "late", NOON, NOON));
      assertThat(entry(message).lastError()).isNull();
      assertThat(find(tx -> outbox().nextDue(tx))).isEmpty();
    }

    @Test
    void failed_isDueAgainAndShown() {
      Message message = added("notify");
      write(tx -> outbox().failed(tx, message.key(), "503", NOON.plusSeconds(30), NOON));
      assertThat(list(tx -> outbox().due(tx, NOON, 9))).isEmpty();
      assertThat(find(tx -> outbox().nextDue(tx))).contains(NOON.plusSeconds(30));
      assertThat(list(tx -> outbox().undelivered(tx, 9)))
          .containsExactly(
              new Outbox.Entry(
                  message, incident, NOON, 1, NOON.plusSeconds(30), null, null, "503"));
      write(tx -> outbox().delivered(tx, message.key(), "ok", NOON.plusSeconds(31)));
      assertThat(list(tx -> outbox().undelivered(tx, 9))).isEmpty();
      assertThat(entry(message).attempts()).isEqualTo(2);
      assertThat(entry(message).lastError()).isEqualTo("503");
    }

    @Test
    void givenUp_isNeverDueButShown() {
      Message message = added("notify");
      write(tx -> outbox().failed(tx, message.key(), "no such channel", null, NOON));
      assertThat(list(tx -> outbox().due(tx, NOON.plusSeconds(999_999), 9))).isEmpty();
      assertThat(messages(list(tx -> outbox().undelivered(tx, 9)))).containsExactly(message);
    }
  }
}
