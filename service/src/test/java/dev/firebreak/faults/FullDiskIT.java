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
  private static final int TIMES = Integer.getInteger("firebreak.fills", 4);
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

        full(service);
        assertThat(service.admin("/ready").statusCode()).isEqualTo(503);
        free(service);
        for (int i = 0; i < TIMES; i++) {
          try (Alerts.Load load = alerts.load(3, List.of(service))) {
            Await.pause(300);
            full(service);
            assertThat(load).isNotNull();
          }
          free(service);
        }
        int changes = stub.fixes().size();
        alerts.sendUntilTaken(service);
        Await.until("changes are made again", () -> stub.fixes().size() > changes);
        verdict = new Judge(site, stub, alerts).judge(service);
      }
      Judge.journalIsWhole(last);
      System.out.printf(
          "full disk: 5 changes refused first; full %d times, %d answered 503, %s%n",
          TIMES + 1, alerts.refused(), verdict);
    }
  }

  private void full(ServiceProcess service) throws Exception {
    fill(0);
    int status =
        Await.until(
            "nothing can be stored",
            Duration.ofSeconds(60),
            () -> alerts.send(service),
            answer -> answer == 503);
    assertThat(status).isEqualTo(503);
    for (int i = 0; i < 5; i++) {
      fill(0);
      int unused = alerts.send(service);
    }
    assertThat(service.alive()).isTrue();
  }

  private void free(ServiceProcess service) throws Exception {
    Files.delete(disk.resolve("filler"));
    alerts.sendUntilTaken(service);
    assertThat(service.admin("/ready").statusCode()).isEqualTo(200);
  }

  private static long refusedForRoom(ServiceProcess service) {
    List<JsonNode> runs = Judge.wholeRuns(service);
    return runs.stream()
        .filter(run -> run.path("steps").findValuesAsText("code").contains("disk-full"))
        .count();
  }
}
