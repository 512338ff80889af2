package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.runbook.RunbookVersions;
import org.junit.jupiter.api.Test;

/** What every {@link RunbookVersions} must do. */
abstract class RunbookVersionsContract extends Contract {
  private RunbookVersions versions() {
    return database().runbookVersions();
  }

  @Test
  void sameVersionAgain_isNoError() {
    String version = Samples.id("v");
    for (int i = 0; i < 3; i++) {
      write(tx -> versions().keep(tx, version, "redis-down", "runbook: redis-down\n# ä", NOON));
    }
    assertThat(find(tx -> versions().source(tx, version))).contains("runbook: redis-down\n# ä");
    assertThat(find(tx -> versions().source(tx, "none"))).isEmpty();
  }

  @Test
  void versionOfAWorkThatFailed_isKeptByTheNext() {
    String version = Samples.id("v");
    assertThatThrownBy(
            () ->
                write(
                    tx -> {
                      versions().keep(tx, version, "redis-down", "text", NOON);
                      throw new IllegalArgumentException("no");
                    }))
        .isNotNull();
    write(tx -> versions().keep(tx, version, "redis-down", "text", NOON));
    assertThat(find(tx -> versions().source(tx, version))).contains("text");
  }
}
