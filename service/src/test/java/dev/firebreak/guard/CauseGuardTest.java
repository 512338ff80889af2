package dev.firebreak.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.Cause;
import dev.firebreak.fixtures.MemoryLedger;
import dev.firebreak.fixtures.Written;
import dev.firebreak.run.NewRun;
import dev.firebreak.run.Run;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CauseGuardTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Runbook BOOK =
      Written.runbook(List.of(), List.of(Written.rung("fix").undo().build()), null, List.of());

  private final CauseGuard guard = new CauseGuard(new CauseSettings(2));

  private Decision ask(String step, Map<String, Object> alert) {
    Run run = NewRun.of("run_9", "inc_1", BOOK, alert, "source:test", NOON);
    Proposal proposal = new Proposal(run, BOOK, step, List.of("host/a"));
    return new MemoryLedger().read(tx -> guard.check(tx, proposal, NOON));
  }

  private Decision ask(String cause) {
    return ask("fix", Map.of("annotations", Map.of(Cause.LABEL, cause), "labels", Map.of()));
  }

  private static String why(Decision decision) {
    return ((Decision.Deny) decision).why().toString();
  }

  @Test
  void alertOfUnknownOrigin_isAnswered() {
    assertThat(ask("fix", Map.of())).isInstanceOf(Decision.Allow.class);
    assertThat(ask("fix", Map.of("labels", Map.of("job", "a")))).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void shortChain_isAnswered_longOneIsNot() {
    assertThat(ask("run_1;depth=2;via=a,b")).isInstanceOf(Decision.Allow.class);
    assertThat(why(ask("run_3;depth=3;via=a,b,c")))
        .contains("cause-depth")
        .contains("caused by run_3")
        .contains("chain of 3 changes")
        .contains("a, then b, then c")
        .contains("causes.depth")
        .contains("by hand");
  }

  @Test
  void circle_endsAtOnce() {
    assertThat(why(ask("run_1;depth=1;via=book"))).contains("cause-circle").contains("'book'");
  }

  @Test
  void causeNobodyCanRead_isRefused() {
    assertThat(why(ask("who knows"))).contains("cause-depth").contains("nobody knows how many");
  }

  @Test
  void whatTakesAChangeBack_isLetThrough() {
    Map<String, Object> alert = Map.of("labels", Map.of(Cause.LABEL, "run_1;depth=9;via=book"));
    assertThat(ask("fix.undo", alert)).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void settings_outOfRange_areRefused() {
    assertThatThrownBy(() -> new CauseSettings(-1)).hasMessageContaining("causes.depth");
  }
}
