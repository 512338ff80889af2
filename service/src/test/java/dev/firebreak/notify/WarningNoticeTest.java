package dev.firebreak.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.access.Team;
import dev.firebreak.access.Teams;
import dev.firebreak.core.Message;
import dev.firebreak.oncall.Contact;
import dev.firebreak.oncall.People;
import dev.firebreak.oncall.Person;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarningNoticeTest {
  private static final Teams TEAMS =
      new Teams(
          Map.of("ops", new Team(List.of("ana"), "#ops"), "quiet", new Team(List.of("ben"), null)));
  private static final People PEOPLE =
      new People(
          Map.of(
              "ben",
              person(new Contact("mail", "ben@example.com"), new Contact("mail", "b@example.com")),
              "ana",
              person(new Contact("sms", "+41790000000"))));

  private static Person person(Contact... contacts) {
    return new Person(List.of(contacts), ZoneOffset.UTC);
  }

  private static List<Message> told(String owner) {
    return new WarningNotice("inc_1", "breaker/1", owner)
        .messages(TEAMS, PEOPLE, List.of("#alarms"), "subject", "text", "http://here/breakers");
  }

  private static List<Object> ways(String owner) {
    return told(owner).stream()
        .<Object>map(message -> List.of(message.payload().get("channels"), to(message)))
        .toList();
  }

  private static Object to(Message message) {
    return message.payload().getOrDefault("to", Map.of());
  }

  @Test
  void ownerWithContactsOnly_isToldByEachOfThem() {
    assertThat(ways("ben"))
        .containsExactly(
            List.of(List.of("mail"), Map.of("mail", "ben@example.com")),
            List.of(List.of("mail"), Map.of("mail", "b@example.com")));
    assertThat(told("ben").stream().map(Message::key).distinct()).hasSize(2);
  }

  @Test
  void ownerWithChannelAndContacts_isToldByBoth() {
    assertThat(ways("ana"))
        .containsExactly(
            List.of(List.of("#ops"), Map.of()),
            List.of(List.of("sms"), Map.of("sms", "+41790000000")));
  }

  @Test
  void teamWithoutChannel_isToldByTheContactsOfItsMembers() {
    assertThat(ways("quiet")).hasSize(2);
  }

  @Test
  void ownerNobodyReaches_isTheAlarmsMatter() {
    assertThat(ways("nobody")).containsExactly(List.of(List.of("#alarms"), Map.of()));
  }

  @Test
  void teamWithAChannel_isToldThereOnce() {
    assertThat(ways("ops")).containsExactly(List.of(List.of("#ops"), Map.of()));
  }
}
