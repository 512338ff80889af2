package dev.firebreak.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.channel.Answering;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.console.ConsoleChannel;
import dev.firebreak.core.Message;
import dev.firebreak.outbox.CourierException;
import dev.firebreak.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Buttons of a question that is over are taken off, wherever it was decided. */
class GateOutcomeTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final List<String> settled = new ArrayList<>();
  private final Chat chat = new Chat();
  private final Channels channels =
      new Channels(List.of(chat, new ConsoleChannel("console", System.out)));

  private final class Chat implements Answering {
    boolean down;

    @Override
    public String name() {
      return "#ops";
    }

    @Override
    public String send(Notice notice) {
      return "C1/1.2";
    }

    @Override
    public Optional<Press> pressed(String signature, String timestamp, byte[] body) {
      return Optional.empty();
    }

    @Override
    public void reply(Press press, String text) {}

    @Override
    public void settle(String receipt, String subject, String text) {
      if (down) {
        throw new ChannelException("channel '#ops': 500", false, null);
      }
      settled.add(receipt + " " + subject + " " + text);
    }
  }

  private static Message asked(String gate, String channel) {
    return new Message(
        "notify",
        gate + "/0/" + channel,
        Map.of("incident", "inc_1", "channels", List.of(channel), "template", "gate"));
  }

  @Test
  void everyMessageWithButtons_isSettledOnceItIsDelivered_andNoOther() {
    try (Database database = Database.inMemory("gate-outcome")) {
      Boolean kept =
          database
              .ledger()
              .commit(
                  tx -> {
                    database.outbox().add(tx, asked("gate_1", "#ops"), "inc_1", NOW);
                    database.outbox().add(tx, asked("gate_1", "console"), "inc_1", NOW);
                    database.outbox().add(tx, asked("gate_10", "#ops"), "inc_1", NOW);
                    database.outbox().delivered(tx, "gate_1/0/console", "console: ok", NOW);
                    return true;
                  })
              .join();
      assertThat(kept).isTrue();
      GateOutcome courier = new GateOutcome(channels, database.ledger(), database.outbox());
      Message over = GateOutcome.message("gate_1", "inc_1", "May it?", "rejected since T, ana: no");

      assertThatThrownBy(() -> courier.carry(over))
          .isInstanceOfSatisfying(CourierException.class, e -> assertThat(e.permanent()).isFalse())
          .hasMessageContaining("not delivered yet");
      Boolean delivered =
          database
              .ledger()
              .commit(
                  tx -> {
                    database.outbox().delivered(tx, "gate_1/0/#ops", "#ops: C1/1.2", NOW);
                    return true;
                  })
              .join();
      assertThat(delivered).isTrue();
      chat.down = true;
      assertThatThrownBy(() -> courier.carry(over)).hasMessageContaining("500");
      chat.down = false;
      assertThat(courier.carry(over)).isEqualTo("1 messages settled");
      assertThat(settled)
          .containsExactly("#ops: C1/1.2 May it? This is over: rejected since T, ana: no");
    }
  }
}
