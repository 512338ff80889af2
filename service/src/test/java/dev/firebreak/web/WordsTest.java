package dev.firebreak.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The small words of the pages: times, badges, links, excerpts, plans. */
class WordsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private final Times times = new Times(NOW);

  @Test
  void when_today_hasNoDate() {
    assertThat(times.when(NOW.minusSeconds(300)))
        .isEqualTo(
            new Times.When(
                "2026-11-22T11:55:00Z", "2026-11-22 11:55:00 UTC", "11:55:00 UTC", "5 min ago"));
  }

  @Test
  void when_onAnotherDay_hasItsDate() {
    assertThat(times.when(NOW.minusSeconds(50_000)).utc()).isEqualTo("2026-11-21 22:06:40 UTC");
  }

  @Test
  void age_isTheFirstUnitThatSaysSomething() {
    assertThat(List.of(0, -59, -61, -3_599, -7_300, -400_000, 90))
        .map(seconds -> times.when(NOW.plusSeconds(seconds)).age())
        .containsExactly(
            "now", "59 s ago", "1 min ago", "59 min ago", "2 h ago", "4 d ago", "in 1 min");
  }

  @Test
  void took_growsCoarserWithLength() {
    assertThat(List.of(12L, 4_250L, 185_000L, 7_500_000L))
        .map(millis -> Times.took(Duration.ofMillis(millis)))
        .containsExactly("12 ms", "4.2 s", "3 min 5 s", "2 h 5 min");
  }

  @Test
  void badges_haveAWordAndAToneOfTheStyleSheet() {
    assertThat(Arrays.stream(RunStatus.values()).map(Badge::of))
        .allMatch(badge -> badge.tone().matches("good|bad|warn|ask|busy|idle"))
        .extracting(Badge::word)
        .contains("mitigated", "escalated");
    assertThat(Badge.of(StepStatus.UNKNOWN)).isEqualTo(new Badge("warn", "unknown"));
    assertThat(Badge.ofKind("gate.opened").tone()).isEqualTo("ask");
    assertThat(Badge.ofKind("incident.opened").tone()).isEqualTo("bad");
    assertThat(Badge.ofKind("odd")).isEqualTo(new Badge("idle", "odd"));
  }

  @Test
  void link_thatIsNotWeb_leadsNowhere() {
    for (String address :
        List.of("javascript:alert(1)", "data:text/html,x", "file:///etc", "//x", "http:", " x")) {
      assertThat(Link.outside("text", address).href()).as(address).isNull();
    }
    assertThat(Link.outside("text", "https://x.example/?a=1").href()).isNotNull();
  }

  @Test
  void excerpt_neverCutsACharacterInHalves() {
    assertThat(Excerpt.of("ab🔥c", 3)).isEqualTo(new Excerpt("ab", "3"));
    assertThat(Excerpt.line("abcdef", 3)).isEqualTo("abc…");
  }

  @Test
  void plan_isFlattenedWithEveryValueOnItsOwn() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("run", List.of("systemctl", "restart", "a b"));
    params.put("headers", Map.of("X", "1"));
    params.put("steps", List.of(Map.of("id", "x"), "y"));
    params.put("none", null);
    params.put("empty", Map.of());
    assertThat(PlanTree.rows(Map.of("params", params)))
        .containsExactly(
            new PlanTree.Row("params.run", List.of("systemctl", "restart", "a b")),
            new PlanTree.Row("params.headers.X", List.of("1")),
            new PlanTree.Row("params.steps[0].id", List.of("x")),
            new PlanTree.Row("params.steps[1]", List.of("y")),
            new PlanTree.Row("params.none", List.of("null")),
            new PlanTree.Row("params.empty", List.of("{}")));
  }

  @Test
  void plan_thatIsHuge_endsWithAMark() {
    Map<String, Object> huge = new LinkedHashMap<>();
    for (int i = 0; i < 1_000; i++) {
      huge.put("k" + i, i);
    }
    assertThat(PlanTree.rows(huge)).hasSize(201).last().extracting("name").isEqualTo("…");
  }

  @Test
  void addresses_stayOnThisSite() {
    assertThat(Address.part("../a b?c#d")).isEqualTo("..%2Fa%20b%3Fc%23d");
    assertThat(Address.parts("drain/move[4]")).isEqualTo("drain/move%5B4%5D");
    assertThat(Address.next("/gates/gate_01")).isEqualTo("/gates/gate_01");
    assertThat(Address.next("//evil.example")).isEqualTo("/");
    assertThat(Address.next("/a/../../b")).isEqualTo("/");
  }
}
