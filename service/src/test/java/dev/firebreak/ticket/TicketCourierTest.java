package dev.firebreak.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Message;
import dev.firebreak.expression.Template;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.outbox.CourierException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketCourierTest {
  private static final Message WANTED =
      TicketMessages.wanted("inc_1", "run_1", "finally-1", "redmine", "incident", "all");
  private static final String BIG = "x".repeat(2_000);

  private MemoryHouse house = new MemoryHouse();
  private MemoryTickets tickets = new MemoryTickets();
  private TicketCourier courier = courier();

  @BeforeEach
  void evidence() {
    house.artifact("art_1", "ping", "out.txt", "no answer");
    house.artifact("art_2", "info", "out.txt", "no");
    house.artifact("art_3", "dump", "threads.txt", BIG);
  }

  private TicketCourier courier() {
    return courier(tickets);
  }

  private TicketCourier courier(TicketSystem system) {
    return new TicketCourier(
        house.ports(),
        List.of(system),
        FixedText::new,
        "http://firebreak/",
        new SettableClock(),
        new ObjectMapper());
  }

  /** Shows what it was filled with. */
  private record FixedText(String source) implements Template {
    @Override
    public String render(Map<String, ?> model) {
      Map<?, ?> incident = (Map<?, ?>) Objects.requireNonNull(model.get("incident"));
      return source
          + " "
          + incident.get("title")
          + " resolution="
          + model.get("resolution")
          + " news="
          + model.get("news");
    }
  }

  @Test
  void carry_whenNothingIsToBeAttached_saysOnceThatTheTicketWasOpened() {
    house.artifacts.clear();

    assertThat(courier.carry(WANTED)).isEqualTo("http://tickets/1");

    assertThat(house.kinds()).containsExactly("ticket.opened");
    assertThat(house.tickets).containsKey("redmine");
  }

  @Test
  void carry_whenThereIsNoTicket_opensOneWithEvidenceAndPutsItOnRecord() {
    assertThat(courier.carry(WANTED)).isEqualTo("http://tickets/1");

    assertThat(tickets.subjects).containsExactly("Redis does not answer [inc_1]");
    assertThat(tickets.texts.getFirst())
        .startsWith("incident Redis does not answer")
        .endsWith("Firebreak reference (run_1/finally-1)");
    assertThat(tickets.attached)
        .containsExactly(
            new TicketSystem.Attached("ping-out.txt", 9),
            new TicketSystem.Attached("info-out.txt", 2));
    assertThat(house.kinds()).containsExactly("ticket.opened", "ticket.updated");
    assertThat(house.heard).isEqualTo(house.kinds());
    assertThat(house.tickets.get("redmine"))
        .isEqualTo(
            new Ticket("inc_1", "redmine", "1", "http://tickets/1", "open", MemoryHouse.START));
    assertThat(house.journal.getLast().data())
        .contains("\"attached\":[\"ping-out.txt\",\"info-out.txt\"]")
        .contains("\"url\":\"http://tickets/1\"");
  }

  @Test
  void carry_whenAnArtifactIsTooLarge_linksItOnce() {
    courier.carry(WANTED);
    courier.carry(WANTED);

    assertThat(tickets.texts)
        .filteredOn(text -> text.contains("http://firebreak/artifacts/art_3"))
        .hasSize(1);
    assertThat(house.journal.getLast().data()).contains("\"linked\":[\"dump-threads.txt\"]");
  }

  @Test
  void carry_whenAnotherStepWantsTheTicket_addsANoteAndOnlyNewEvidence() {
    courier.carry(WANTED);
    house.artifact("art_4", "ping", "out.txt", "no answer");
    courier.carry(
        TicketMessages.wanted("inc_1", "run_2", "finally-1", "redmine", "incident", "all"));

    assertThat(tickets.subjects).hasSize(1);
    assertThat(tickets.texts)
        .filteredOn(text -> text.startsWith("ticket-note Redis"))
        .singleElement()
        .asString()
        .endsWith("(run_2/finally-1)");
    assertThat(tickets.attached)
        .extracting(TicketSystem.Attached::name)
        .containsExactly("ping-out.txt", "info-out.txt", "ping-out-2.txt");
  }

  @Test
  void carry_whenThereIsNewsThatNoRunTells_opensOneTicket_andThenTellsInIt() {
    courier.carry(TicketMessages.news("inc_1", "redmine", "inc_1/problem/1", "5 times"));
    courier.carry(TicketMessages.news("inc_1", "redmine", "inc_1/problem/2", "6 times"));
    courier.carry(TicketMessages.news("inc_1", "redmine", "inc_1/problem/2", "6 times"));

    assertThat(tickets.subjects).hasSize(1);
    assertThat(tickets.attached).isEmpty();
    assertThat(tickets.texts)
        .filteredOn(text -> text.startsWith("ticket-note"))
        .singleElement()
        .asString()
        .contains("news=6 times")
        .endsWith("(inc_1/problem/2)");
  }

  @Test
  void carry_whenOnlySomeAreWanted_attachesThese() {
    courier.carry(
        TicketMessages.wanted(
            "inc_1", "run_1", "s", "redmine", "incident", List.of("threads.txt", "other")));
    assertThat(tickets.attached).isEmpty();
    assertThat(tickets.texts.getLast()).contains("/artifacts/art_3");
  }

  @Test
  void carry_whenTheIncidentResolves_movesTheTicketAndNotesIt() {
    courier.carry(WANTED);
    house.incident = house.incident.resolved("person:ana", MemoryHouse.START);
    courier.carry(TicketMessages.resolved("inc_1", "redmine"));
    courier.carry(TicketMessages.resolved("inc_1", "redmine"));

    assertThat(tickets.status).isEqualTo("resolved");
    assertThat(tickets.texts).filteredOn(text -> text.contains("resolution=true")).hasSize(1);
    assertThat(house.kinds()).containsExactly("ticket.opened", "ticket.updated", "ticket.updated");
    assertThat(Objects.requireNonNull(house.tickets.get("redmine")).status()).isEqualTo("resolved");
  }

  @Test
  void carry_whenTheResolutionComesFirst_theLateTicketIsResolvedAtOnce() {
    house.incident = house.incident.resolved("person:ana", MemoryHouse.START);

    assertThat(courier.carry(TicketMessages.resolved("inc_1", "redmine"))).contains("no ticket");
    assertThat(tickets.subjects).isEmpty();

    courier.carry(WANTED);
    assertThat(tickets.status).isEqualTo("resolved");
    assertThat(tickets.texts).filteredOn(text -> text.contains("resolution=true")).hasSize(1);
  }

  @Test
  void carry_whenAHumanReopenedTheTicket_leavesItOpen() {
    courier.carry(WANTED);
    house.incident = house.incident.resolved("person:ana", MemoryHouse.START);
    courier.carry(TicketMessages.resolved("inc_1", "redmine"));
    tickets.status = "reopened";
    courier.carry(TicketMessages.wanted("inc_1", "run_2", "late", "redmine", "incident", "all"));
    assertThat(tickets.status).isEqualTo("reopened");
  }

  @Test
  void carry_whenTheTicketWasDeleted_opensANewOne() {
    courier.carry(WANTED);
    tickets.gone = true;
    tickets.texts.clear();
    tickets.attached.clear();
    courier.carry(TicketMessages.wanted("inc_1", "run_2", "s", "redmine", "incident", "all"));
    assertThat(tickets.subjects).hasSize(2);
    assertThat(tickets.attached).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void carry_whenTheRemoteDiesAtAnyCall_theNextTryDoublesNothing(boolean afterEffect) {
    int died = 0;
    for (int call = 1; call < 50; call++) {
      house = new MemoryHouse();
      tickets = new MemoryTickets();
      evidence();
      house.incident = house.incident.resolved("person:ana", MemoryHouse.START);
      try {
        courier(new MortalTickets(tickets, call, afterEffect)).carry(WANTED);
      } catch (CourierException e) {
        died++;
        assertThat(e.permanent()).isFalse();
        courier().carry(WANTED);
      }
      assertOneOfEach("call " + call);
    }
    assertThat(died).isBetween(8, 48);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void carry_whenTheDatabaseFails_theNextTryDoublesNothing(boolean afterEffect) {
    for (int failures = 1; failures <= 3; failures++) {
      house = new MemoryHouse();
      tickets = new MemoryTickets();
      evidence();
      house.incident = house.incident.resolved("person:ana", MemoryHouse.START);
      house.failing = failures;
      house.failAfterEffect = afterEffect;
      for (int i = 0; i < failures; i++) {
        CourierException fault =
            catchThrowableOfType(CourierException.class, () -> courier().carry(WANTED));
        assertThat(fault.permanent()).isFalse();
        assertThat(fault).hasMessageContaining("could not be put on record");
      }
      courier().carry(WANTED);
      assertOneOfEach(failures + " failures");
    }
  }

  private void assertOneOfEach(String situation) {
    assertThat(tickets.subjects).as(situation).hasSize(1);
    assertThat(tickets.attached)
        .as(situation)
        .extracting(TicketSystem.Attached::name)
        .containsExactly("ping-out.txt", "info-out.txt");
    assertThat(tickets.texts).as(situation).hasSize(3).doesNotHaveDuplicates();
    assertThat(tickets.status).as(situation).isEqualTo("resolved");
    assertThat(house.kinds()).as(situation).containsExactly("ticket.opened", "ticket.updated");
  }

  @Test
  void carry_whenTheSystemIsUnknown_isGivenUpNamingThoseThereAre() {
    Message unknown = TicketMessages.wanted("inc_1", "run_1", "s", "jira", "incident", "all");
    assertThatThrownBy(() -> courier.carry(unknown))
        .isInstanceOfSatisfying(
            CourierException.class, fault -> assertThat(fault.permanent()).isTrue())
        .hasMessageContaining("jira")
        .hasMessageContaining("redmine");
  }

  @Test
  void carry_whenTheIncidentIsUnknown_isGivenUp() {
    Message unknown = TicketMessages.wanted("inc_9", "run_1", "s", "redmine", "incident", "all");
    assertThatThrownBy(() -> courier.carry(unknown))
        .isInstanceOfSatisfying(
            CourierException.class, fault -> assertThat(fault.permanent()).isTrue())
        .hasMessageContaining("inc_9");
  }
}
