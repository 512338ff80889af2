package dev.firebreak.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rung goes by the diagnose steps it speaks of, and what they need. */
class FreshnessReaderTest {
  private static final String HEAD =
      """
      runbook: book
      owner: ops
      on: {alert: alert.severity == 'critical', incident: key}
      """;
  private static final String DIAGNOSE =
      """
      diagnose:
        - {id: ping, http: {url: "http://a/ping"}}
        - {id: redis-info, needs: [ping], http: {url: "http://a/info"}}
        - {id: other, http: {url: "http://a/other"}}
      """;

  private static Loaded load(String text) {
    return new RunbookLoader(RunbookVocabularies.real()).load("book.yml", text);
  }

  private static String rung(String when, String rest) {
    return """
    remediate:
      - id: fix
        when: >-
          %s
        target: host/a
        limit: {max: 5, per: 1d}
        verify: {http: {url: "http://a/ping"}}
    %s\
    """
        .formatted(when, rest.indent(4));
  }

  private static final String CHANGE =
      """
      do: {http: {url: "http://a/fix", method: POST}}
      idempotent: true
      undo: null
      """;

  private static Freshness read(String text) {
    Loaded loaded = load(text);
    assertThat(loaded.runbook()).as("%s", loaded.problems()).isNotNull();
    return Objects.requireNonNull(loaded.runbook()).remediate().getFirst().evidence();
  }

  private static Set<String> all(Freshness evidence, String id, boolean first, boolean list) {
    Set<String> all = new LinkedHashSet<>();
    assertThat(
            evidence.any(
                id,
                first,
                list,
                step -> {
                  all.add(step);
                  return false;
                }))
        .isFalse();
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          steps.other.ok                                         | other
          steps.ping.ok && !steps.other.failed                   | ping other
          steps['redis-info'].ok                                 | ping redis-info
          steps.?other.?output.?x.orValue(1) == 1                | other
          steps[?'other'].hasValue()                             | other
          alert.severity == 'critical'                           | ''
          steps.exists(id, id == 'ping')                         | ping redis-info other
          """)
  void condition_namesWhatItGoesBy(String when, String steps) {
    Freshness evidence = read(HEAD + DIAGNOSE + rung(when, CHANGE));
    assertThat(String.join(" ", all(evidence, "fix", true, false))).isEqualTo(steps);
    assertThat(all(evidence, "fix", false, false)).isEmpty();
  }

  @Test
  void targetApprovalAndTemplates_countToo() {
    String rest =
        CHANGE.replace("http://a/fix", "http://a/{{steps.redis-info.output.json.x}}?steps=2")
            + "approve: {by: [ana], when: steps.other.failed}\n";
    Freshness evidence = read(HEAD + DIAGNOSE + rung("alert.severity == 'critical'", rest));
    assertThat(all(evidence, "fix", false, false)).containsExactly("ping", "redis-info", "other");
  }

  @Test
  void stepOfARung_goesByWhatItSpeaksOfItself_andAListOnlyUntilItIsWorkedOut() {
    String steps =
        """
        steps:
          - id: one
            http: {url: "http://a/{{steps.other.output.json.x}}", method: POST}
            idempotent: true
            undo: null
            verify: {http: {url: "http://a/{{steps.ping.output.json.x}}"}}
          - id: each
            foreach: {in: steps.ping.output.json.list, stop_after: 1}
            http: {url: "http://a/{{item}}", method: POST}
            idempotent: true
            undo: null
        """;
    Freshness evidence = read(HEAD + DIAGNOSE + rung("steps['redis-info'].ok", steps));
    assertThat(all(evidence, "one", false, true)).containsExactly("other");
    assertThat(all(evidence, "one", true, true)).containsExactly("other", "ping", "redis-info");
    assertThat(all(evidence, "each", false, true)).containsExactly("ping");
    assertThat(all(evidence, "each", false, false)).isEmpty();
  }

  @Test
  void limit_isThatOfTheRung_orOfTheRunbook_orTheUsual() {
    String usual = DIAGNOSE + rung("steps.ping.ok", CHANGE);
    String own = DIAGNOSE + rung("steps.ping.ok", CHANGE + "evidence: {max_age: never}\n");
    String book = HEAD + "evidence: {max_age: 5m}\n";
    assertThat(read(HEAD + usual).maxAge()).isEqualTo(Duration.ofMinutes(15));
    assertThat(read(book + usual).maxAge()).isEqualTo(Duration.ofMinutes(5));
    assertThat(read(book + own).maxAge()).isNull();
  }

  @Test
  void evidenceThatIsNone_orIsOldBeforeItIsComplete_isWarnedOf() {
    String own = CHANGE + "evidence: {max_age: 5m}\n";
    assertThat(load(HEAD + DIAGNOSE + rung("alert.severity == 'critical'", own)).problems())
        .extracting(Problem::code)
        .containsExactly("no-evidence");
    String slow = DIAGNOSE.replace("ping\"}}", "ping\"}, timeout: 1h}");
    assertThat(load(HEAD + slow + rung("steps.ping.ok", own)).problems())
        .extracting(Problem::message)
        .containsExactly(
            "'ping' may take 1h, so what 'fix' goes by may be older than 5m when it is complete");
    assertThat(load(HEAD + slow + rung("steps.ping.ok", CHANGE)).problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9s", "0s", "8d", "soon", "5"})
  void limitThatMakesNoSense_isRefusedWithItsPlace(String limit) {
    String text = HEAD + "evidence: {max_age: %s}\n".formatted(limit) + DIAGNOSE;
    List<Problem> errors = load(text + rung("steps.ping.ok", CHANGE)).errors();
    assertThat(errors).hasSize(1);
    assertThat(errors.getFirst().line()).isEqualTo(4);
    assertThat(errors.getFirst().message()).contains("must be");
  }
}
