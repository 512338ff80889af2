package dev.firebreak.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who wrote a version, as its file says, and what is said when it does not. */
class AuthorsTest {
  private static final String BOOK =
      """
      runbook: scale
      owner: ops
      AUTHOR
      on:
        alert: alert.labels.alertname == 'Slow'
        incident: "slow/{{alert.labels.app}}"
      remediate:
        - id: scale
          target: app/x
          limit: {max: 5, per: 1h}
          approve: {by: [ana], four_eyes: true}
          do:
            command: {run: [scale]}
          idempotent: true
          verify: {tcp: {host: app, port: 80}}
          undo: null
      escalate: {to: oncall}
      """;

  private static Loaded load(String author) {
    return new RunbookLoader(new ShippedRunbooksTest.RealActions())
        .load("scale.yml", BOOK.replace("AUTHOR\n", author));
  }

  private static List<String> authors(String author) {
    Loaded loaded = load(author);
    assertThat(loaded.problems()).extracting(Problem::asLine).isEmpty();
    return Objects.requireNonNull(loaded.runbook()).authors();
  }

  @Test
  void author_isOneOrSeveral() {
    assertThat(authors("author: ana\n")).containsExactly("ana");
    assertThat(authors("author: [ana, ben]\n")).containsExactly("ana", "ben");
  }

  @Test
  void fourEyes_withoutAnAuthor_isWarnedOf() {
    Loaded loaded = load("");
    assertThat(loaded.errors()).isEmpty();
    assertThat(loaded.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("no-author");
              assertThat(problem.asLine())
                  .startsWith("scale.yml:10:")
                  .contains("the file names no author", "say author: NAME");
            });
  }

  @Test
  void author_thatIsNoName_isAnError() {
    assertThat(load("author: []\n").errors()).isNotEmpty();
    assertThat(load("author: \"  \"\n").errors()).isNotEmpty();
    assertThat(load("author: [{name: ana}]\n").errors()).isNotEmpty();
  }
}
