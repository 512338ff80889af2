package dev.firebreak.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.fixtures.Written;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HaltScopeTest {
  private static final ChangeMarks MARKS =
      new ChangeMarks("team-shop", "checkout", "redis-down", "command");
  private static final Runbook BOOK =
      Written.runbook(List.of(), List.of(Written.rung("fix").build()), null, List.of());
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "all",
        "team:team-shop",
        "service:checkout",
        "runbook:redis-down",
        "action:command"
      })
  void itsOwn_isMeant_andWrittenAsRead(String text) {
    assertThat(HaltScope.parse(text).means(MARKS)).isTrue();
    assertThat(HaltScope.parse(text).asText()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "team:team",
        "team:Team-shop",
        "service:team-shop",
        "runbook:redis",
        "action:http"
      })
  void others_areNotMeant(String text) {
    assertThat(HaltScope.parse(text).means(MARKS)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "team", "team:", "team: ", "all:x", "everything", "target:x", ":x"})
  void scopeOfNothing_isRefused(String text) {
    assertThatThrownBy(() -> HaltScope.parse(text)).hasMessageStartingWith("scope: ");
  }

  @Test
  void nameThatNoRunbookKnows_isAFault_thatNamesThoseThereAre() {
    assertThat(HaltScope.parse("runbook:boook").fault(List.of(BOOK)).orElseThrow())
        .contains("would halt nothing", "There is book");
    assertThat(HaltScope.parse("team:tea").fault(List.of(BOOK)).orElseThrow())
        .contains("no runbook has the owner 'tea'");
    assertThat(HaltScope.parse("action:http").fault(List.of(BOOK))).isPresent();
    for (String known : HaltScope.known(List.of(BOOK))) {
      assertThat(HaltScope.parse(known).fault(List.of(BOOK))).as(known).isEmpty();
    }
    assertThat(HaltScope.parse("service:any").fault(List.of(BOOK))).isEmpty();
    assertThat(HaltScope.ALL.fault(List.of())).isEmpty();
  }

  private static Automation off(int second) {
    return new Automation(
        Automation.Mode.OFF,
        "stop",
        "ana",
        NOON.plusSeconds(second),
        null,
        HaltScope.parse("team:team-shop"),
        "ana");
  }

  @Test
  void changeDecidedBeforeItsPartWasHalted_isForbidden_oneDecidedLaterIsNot() {
    PartHalts parts = new PartHalts();
    parts.learn(List.of(off(10)), List.of(off(10)));
    Instant now = NOON.plusSeconds(60);
    assertThat(parts.forbidding(MARKS, NOON.plusSeconds(9), now)).isPresent();
    assertThat(parts.forbidding(MARKS, NOON.plusSeconds(11), now))
        .as("what was decided on later was decided on after the halt was lifted")
        .isEmpty();
    ChangeMarks other = new ChangeMarks("team-b", "checkout", "redis-down", "command");
    assertThat(parts.forbidding(other, NOON, now)).isEmpty();
  }

  @Test
  void orderThatNeverBecameDurable_holdsHere_untilALaterOneIs() {
    PartHalts parts = new PartHalts();
    parts.order(off(10));
    parts.learn(List.of(), List.of(off(5)));
    assertThat(parts.standing(NOON)).containsExactly(off(10));
    Automation on =
        new Automation(
            Automation.Mode.ON,
            "over",
            "root",
            NOON.plusSeconds(20),
            null,
            HaltScope.parse("team:team-shop"),
            "root");
    parts.learn(List.of(), List.of(on));
    assertThat(parts.standing(NOON)).isEmpty();
  }
}
