package dev.firebreak.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Channels;
import dev.firebreak.core.Actor;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.notify.ContactDesk.Refused;
import dev.firebreak.notify.ContactDesk.Standing;
import dev.firebreak.oncall.Contact;
import dev.firebreak.oncall.People;
import dev.firebreak.oncall.Person;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.store.Database;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContactDeskTest {
  private static final Actor ANA = Actor.person("ana");
  private final SettableClock clock = new SettableClock();
  private final Recording mail = new Recording("mail");
  private final Database database = Database.inMemory("contacts-" + UUID.randomUUID());
  private final ContactDesk desk = desk("ana@example.com");

  private ContactDesk desk(String address) {
    mail.takesAddresses = true;
    List<Contact> contacts = List.of(new Contact("mail", address), new Contact("#down", null));
    return new ContactDesk(
        new ContactDesk.Parts(database.ledger(), database.contactProofs(), database.journal()),
        new People(Map.of("ana", new Person(contacts, ZoneOffset.UTC))),
        new Channels(List.of(mail, Recording.refusing("#down", true))),
        Runnable::run,
        () -> "K7QM-2XWD",
        "https://fb",
        clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Standing first() {
    return desk.all().getFirst();
  }

  @Test
  void codeThatComesBack_provesTheContact_forThisAddressOnly() {
    assertThat(first().provenAt()).isNull();
    desk.send(first(), ANA);
    assertThat(mail.sent)
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.to()).isEqualTo("ana@example.com");
              assertThat(notice.text()).contains("Enter the code K7QM-2XWD at https://fb/contacts");
            });
    assertThat(first().codeUntil()).isEqualTo(clock.instant().plus(ContactDesk.VALID));
    desk.prove(first(), " k7qm2xwd", ANA);
    assertThat(first().provenAt()).isEqualTo(clock.instant());
    assertThat(first().codeUntil()).isNull();
    assertThat(desk("new@example.com").all().getFirst().provenAt()).isNull();
    List<JournalEntry> lines =
        database.ledger().read(tx -> database.journal().read(tx, "site", 0, 10));
    assertThat(lines)
        .extracting(line -> line.kind() + ": " + line.text())
        .containsExactly(
            "contact.code-sent: has a code sent to mail a…@example.com of ana",
            "contact.verified: mail a…@example.com of ana reaches them: the code came back");
  }

  @Test
  void code_isNotInTheDatabase() {
    desk.send(first(), ANA);
    assertThat(database.ledger().read(tx -> database.contactProofs().all(tx)).toString())
        .doesNotContain("K7QM", "2XWD", "ana@example.com");
  }

  @Test
  void wrongCodes_endTheCode() {
    desk.send(first(), ANA);
    for (int left = 4; left > 0; left--) {
      String says = left + " tries are left";
      assertThatThrownBy(() -> desk.prove(first(), "AAAA-AAAA", ANA))
          .isInstanceOf(Refused.class)
          .hasMessageContaining(says);
    }
    assertThatThrownBy(() -> desk.prove(first(), "AAAA-AAAA", ANA))
        .hasMessageContaining("last try");
    assertThatThrownBy(() -> desk.prove(first(), "K7QM-2XWD", ANA))
        .hasMessageContaining("no code is awaited");
    assertThat(first().provenAt()).isNull();
  }

  @Test
  void code_isOverAfterHalfAnHour_andNoneIsSentTwiceInAMinute() {
    desk.send(first(), ANA);
    assertThatThrownBy(() -> desk.send(first(), ANA))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("a minute after");
    assertThat(mail.sent).hasSize(1);
    clock.advance(ContactDesk.VALID);
    assertThatThrownBy(() -> desk.prove(first(), "K7QM-2XWD", ANA))
        .hasMessageContaining("no code is awaited");
    desk.send(first(), ANA);
    clock.advance(Duration.ofMinutes(1));
    desk.prove(first(), "K7QM-2XWD", ANA);
    assertThat(first().provenAt()).isNotNull();
  }

  @Test
  void channelThatRefuses_isSaid_andProvesNothing() {
    Standing down = desk.all().get(1);
    assertThatThrownBy(() -> desk.send(down, ANA))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("is down");
    assertThat(desk.find(down.id()).orElseThrow().provenAt()).isNull();
  }

  @Test
  void restart_forgetsNoProof_andACodeForOneContactIsNoneForAnother() {
    desk.send(first(), ANA);
    assertThatThrownBy(() -> desk.prove(desk.all().get(1), "K7QM-2XWD", ANA))
        .hasMessageContaining("no code is awaited");
    desk.prove(first(), "K7QM-2XWD", ANA);
    assertThat(desk("ana@example.com").all().getFirst().provenAt()).isNotNull();
  }
}
