package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the database fills up, to the last byte, and is freed again. */
class FullDiskIT {
  private static final int MIB = 1 << 20;
  private static final long LITTLE = 30L * MIB;

  @TempDir Path folder;

  private final Alerts alerts = new Alerts();
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=200m", "none", disk.toString()))
        .as("a disk of its own needs the right to mount one")
        .isZero();
  }

  @AfterEach
  void unmount() throws Exception {
    int unused = run("umount", "-l", disk.toString());
  }

  private static int run(String... order) throws IOException, InterruptedException {
    return new ProcessBuilder(order)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Fills the disk until only so much is left. */
  private void fill(long left) throws IOException {
    byte[] piece = new byte[64 * 1024];
    Path filler = disk.resolve("filler");
    try (OutputStream out =
        Files.newOutputStream(
            filler,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.APPEND)) {
      while (disk.toFile().getUsableSpace() > left) {
        out.write(piece);
      }
    } catch (IOException e) {
      assertThat(left).as("the last byte is taken: %s", e.getMessage()).isZero();
    }
  }

  @Test
  void diskThatFillsUp_stopsChangesBeforeIntakeAndLosesNothing() throws Exception {
    try (StubTarget stub = new StubTarget()) {
      Site site = new Site(folder, stub.port());
      ServiceProcess last;
      Judge.Verdict verdict;
      int refused;
      try (ServiceProcess service = site.node("node", disk.resolve("data"))) {
        last = service;
        service.start();
        alerts.sendUntilTaken(service);
        Await.until("a change is made", () -> stub.fixes().size() == 1);

        fill(LITTLE);
        for (int i = 0; i < 5; i++) {
          assertThat(alerts.send(service)).as("with little room").isEqualTo(202);
        }
        Await.until("changes are refused", () -> refusedForRoom(service) == 5);
        assertThat(stub.fixes()).hasSize(1);

        fill(0);
        Await.until("nothing can be stored", Duration.ofSeconds(60), () -> alerts.send(service), status -> status == 503);
        assertThat(service.alive()).isTrue();
        for (int i = 0; i < 10; i++) {
          int unused = alerts.send(service);
          fill(0);
        }
        assertThat(service.admin("/ready").statusCode()).isEqualTo(503);
        refused = alerts.refused();

        Files.delete(disk.resolve("filler"));
        Await.until("it is ready again", () -> service.admin("/ready").statusCode() == 200 || alerts.send(service) < 0);
        int changes = stub.fixes().size();
        alerts.sendUntilTaken(service);
        Await.until("changes are made again", () -> stub.fixes().size() > changes);
        verdict = new Judge(site, stub, alerts).judge(service);
      }
      Judge.journalIsWhole(last);
      System.out.printf(
          "full disk: 5 changes refused first, then %d answered 503, %s%n", refused, verdict);
      assertThat(last.log()).contains("disk").doesNotContain("90098");
    }
  }

  private static long refusedForRoom(ServiceProcess service) {
    List<JsonNode> runs = Judge.wholeRuns(service);
    return runs.stream()
        .filter(run -> run.path("steps").findValuesAsText("code").contains("disk-full"))
        .count();
  }
}
