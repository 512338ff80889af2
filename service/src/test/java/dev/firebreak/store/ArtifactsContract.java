package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.run.Artifact;
import dev.firebreak.run.Artifacts;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link Artifacts} must do. */
abstract class ArtifactsContract extends Contract {
  private final String incident = Samples.id("inc");

  private Artifacts artifacts() {
    return database().artifacts();
  }

  private Artifact added(byte[] content) {
    Artifact artifact =
        new Artifact(
            Samples.id("art"),
            incident,
            "run_1",
            "info",
            "redis-info \"ä\".txt",
            "text/plain",
            content.length,
            "00ff",
            true,
            NOON);
    write(tx -> artifacts().add(tx, artifact, content));
    return artifact;
  }

  @Test
  void bytes_comeBackExactly() {
    for (int size : new int[] {0, 1, 300, 5_000_000}) {
      byte[] content = new byte[size];
      new Random(size).nextBytes(content);
      Artifact artifact = added(content);
      assertThat(find(tx -> artifacts().find(tx, artifact.id()))).contains(artifact);
      assertThat(find(tx -> artifacts().content(tx, artifact.id())).orElseThrow())
          .isEqualTo(content);
    }
  }

  @Test
  void list_isOldestFirst() {
    Artifact one = added(new byte[] {1});
    Artifact two = added(new byte[] {2});
    assertThat(list(tx -> artifacts().ofIncident(tx, incident))).containsExactly(one, two);
    assertThat(list(tx -> artifacts().first(tx, incident, 1))).containsExactly(one);
    assertThat(list(tx -> artifacts().first(tx, incident, two.runId(), 9))).contains(two);
    assertThat(list(tx -> artifacts().first(tx, incident, "run_none", 9))).isEmpty();
  }

  @Test
  void missingArtifact_isEmpty() {
    assertThat(find(tx -> artifacts().find(tx, "art_none"))).isEmpty();
    assertThat(find(tx -> artifacts().content(tx, "art_none"))).isEmpty();
  }
}
