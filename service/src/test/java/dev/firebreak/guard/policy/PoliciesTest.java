package dev.firebreak.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.Tx;
import dev.firebreak.fixtures.Written;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Proposal;
import dev.firebreak.run.NewRun;
import dev.firebreak.runbook.Runbook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest {
  private static final Instant SUNDAY = Instant.parse("2026-11-22T12:00:00Z");
  private static final String DATABASES =
      """
      policies:
        - name: databases
          owner: team-data
          when: target.startsWith('db/')
          then: deny
          why: databases are restarted by people only
          exception: ask in the channel data
        - name: sundays
          owner: team-shop
          when: time.weekday == 'sun'
          then: ask
          why: nobody is there to look
          by: [ana, ben]
        - name: everything
          owner: team-shop
          when: "true"
          then: allow
          why: the rest is fine
      """;

  @TempDir Path folder;

  private static Decision ask(String text, String step, String... targets) {
    Runbook book =
        Written.runbook(List.of(), List.of(Written.rung("fix").undo().build()), null, List.of());
    PolicySet set = PolicyFolder.parse(Map.of("a.yml", text));
    return new PolicyGuard(() -> set)
        .check(
            NO_TX,
            new Proposal(
                NewRun.of("run_1", "inc_1", book, Map.of(), "source:test", SUNDAY),
                book,
                step,
                List.of(targets)),
            SUNDAY);
  }

  private static final Tx NO_TX = work -> {};

  @Test
  void strictestRule_decides_andSaysHowToGetAnException() {
    Decision.Deny deny = (Decision.Deny) ask(DATABASES, "fix", "host/a", "db/main");
    assertThat(deny.why().code()).isEqualTo("policy-denies");
    assertThat(deny.why().text())
        .contains(
            "'databases' of team-data", "restarted by people only", "ask in the channel data");
    Decision.Ask ask = (Decision.Ask) ask(DATABASES, "fix", "host/a");
    assertThat(ask.by()).containsExactly("ana", "ben");
  }

  @Test
  void undo_isLetThrough() {
    assertThat(ask(DATABASES, "fix.undo", "db/main")).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void noRuleThatSpeaks_allows() {
    String other = DATABASES.replace("'sun'", "'mon'");
    assertThat(ask(other, "fix", "host/a")).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void ruleThatCannotBeAnswered_stops_andNeverAllows() {
    String rule =
        """
        policies:
          - {name: a, owner: o, when: alert.labels.env == 'prod', then: %s, why: w}
        """;
    assertThat(((Decision.Deny) ask(rule.formatted("deny"), "fix", "x")).why().text())
        .contains("cannot be told");
    assertThat(ask(rule.formatted("allow"), "fix", "x")).isInstanceOf(Decision.Allow.class);
    assertThat(ask(DATABASES + rule.formatted("allow").substring(10), "fix", "host/a"))
        .as("what is stricter still counts")
        .isInstanceOf(Decision.Ask.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{name: a, owner: o, when: 'targt == 1', then: deny, why: w} | a.yml: policy 'a': when:"
            + " column 1",
        "{name: a, owner: o, when: 'target', then: deny, why: w} | must be true or false",
        "{name: a, owner: o, when: 'true', then: forbid, why: w} | must be allow, ask or deny",
        "{name: a, owner: o, when: 'true', then: deny} | why: is required",
        "{name: a, when: 'true', then: deny, why: w} | owner: is required",
        "{name: a, owner: o, when: 'true', then: deny, why: w, by: [x]} | by: names at least one",
        "{name: a, owner: o, when: 'true', then: ask, why: w, by: []} | by: names at least one",
        "{name: a, owner: o, whn: 'true', then: ask, why: w} | a.yml:2:",
        "{name: a, name: b, owner: o, when: 'true', then: ask, why: w} | a.yml:2:",
      })
  void whatIsWrong_isNamedWithItsPlace(String rule, String fault) {
    assertThatThrownBy(() -> PolicyFolder.parse(Map.of("a.yml", "policies:\n  - " + rule + "\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(fault);
  }

  @Test
  void sameNameInTwoFiles_isRefused() {
    assertThatThrownBy(() -> PolicyFolder.parse(Map.of("a.yml", DATABASES, "b.yml", DATABASES)))
        .hasMessageContaining("there is another of this name");
  }

  @Test
  void testThatFails_refusesTheFile() {
    String tests =
        """
        tests:
          - {name: databases stay, target: db/main, expect: deny, policy: databases}
          - {name: sundays ask, target: host/a, time: {weekday: sun}, expect: %s}
          - {name: others are fine, target: host/a, time: {weekday: mon}, expect: allow}
        """;
    assertThat(PolicyFile.parse("a.yml", DATABASES + tests.formatted("ask")).tests()).hasSize(3);
    assertThatThrownBy(() -> PolicyFile.parse("a.yml", DATABASES + tests.formatted("deny")))
        .hasMessageContaining("a.yml: test 'sundays ask': expected deny, but 'sundays' says ask");
    assertThatThrownBy(
            () ->
                PolicyFile.parse("a.yml", "tests:\n  - {name: x, time: {day: sun}, expect: ask}\n"))
        .hasMessageContaining("time has no such field");
  }

  @Test
  void badFile_neverReplacesAGoodOne() throws Exception {
    PolicyFolder policies = new PolicyFolder(new PolicySettings(folder.toString()));
    Path file = folder.resolve("a.yml");
    Files.writeString(file, DATABASES);
    assertThat(policies.reload()).isTrue();
    assertThat(policies.reload()).isFalse();
    Files.writeString(file, DATABASES.replace("target.", "targt."));
    assertThatThrownBy(policies::reload).hasMessageContaining("targt");
    assertThat(policies.current().policies()).hasSize(3);
    Files.delete(file);
    Files.delete(folder);
    assertThatThrownBy(policies::reload).hasMessageContaining("there is no folder");
    assertThat(policies.current().policies()).as("gone is no permission").hasSize(3);
  }

  @Test
  void exampleOfThePage_isFine_withItsTests() throws Exception {
    String page = Files.readString(Path.of("../docs/guards.md"));
    String example = page.substring(page.indexOf("```yaml\npolicies:") + 8);
    PolicyFile file = PolicyFile.parse("page", example.substring(0, example.indexOf("```")));
    assertThat(file.policies()).hasSizeGreaterThan(1);
    assertThat(file.tests()).hasSizeGreaterThan(1);
  }
}
