package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.app.SkewedMain;
import dev.firebreak.faults.StubTarget.Moment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of the machine jumps by an hour, forward and back, while runs wait. */
class ClockJumpIT {
  private static final Duration SETTLE = Duration.ofSeconds(15);
  private static final String SETTLING =
      Site.RUNBOOK
          .replace("target: \"stub/{{vars.target}}\"", "target: stub/shared")
          .replace("      within: 4s", "      settle: 15s\n      within: 4s");
  private static final String ASKING =
      Site.RUNBOOK
          .replace("runbook: target-bad", "runbook: target-asks")
          .replace("    do:", "    approve: {by: [team-target], within: 15m}\n    do:");

  @TempDir Path folder;

  private final Alerts alerts = new Alerts();

  @Test
  void wallClockThatJumps_expiresNothingResetsNoLimitAndIsToldOf() throws Exception {
    Path skew = folder.resolve("skew");
    try (StubTarget stub = new StubTarget()) {
      Site site = new Site(folder, stub.port()).runbook(SETTLING, stub.port());
      Files.writeString(
          folder.resolve("runbooks/target-asks.yml"),
          ASKING.replace("STUB", "http://127.0.0.1:" + stub.port()));
      try (ServiceProcess service = site.node("node")) {
        service.with(SkewedMain.class, "-D" + SkewedMain.FILE + "=" + skew);
        service.start();
        AtomicLong changed = new AtomicLong();
        AtomicLong looked = new AtomicLong();
        stub.arm(
            Moment.BEFORE_ANSWER,
            0,
            () -> {
              changed.set(System.nanoTime());
              stub.arm(Moment.VERIFY, 0, () -> looked.set(System.nanoTime()));
            });
        assertThat(alerts.send(service, "first")).isEqualTo(202);
        Await.until("the change was made", () -> stub.saw("first"));
        Await.until("its gate is open", () -> openGates(service) == 1);

        set(skew, 3_600);
        Await.until("the jump is told of", () -> jumps(service) == 1);
        Await.pause(3_000);
        assertThat(openGates(service)).as("gates that wait, an hour ahead").isEqualTo(1);
        assertThat(alerts.send(service, "second")).isEqualTo(202);
        Await.until("the limit refuses", () -> refusals(service) == 1);

        set(skew, -3_600);
        Await.until("the jump back is told of", () -> jumps(service) == 2);
        String proven =
            Await.until(
                "the change is proven", () -> status(service, "first"), "mitigated"::equals);
        assertThat(proven).isEqualTo("mitigated");
        Duration settled = Duration.ofNanos(looked.get() - changed.get());
        assertThat(settled).isBetween(SETTLE.minusSeconds(2), SETTLE.plusSeconds(15));
        Await.until("both gates wait, an hour behind", () -> openGates(service) == 2);
        assertThat(stub.saw("second")).isFalse();
        assertThat(offset(service)).contains("firebreak_clock_offset_seconds -3");
        System.out.printf(
            "clock: 2 jumps of 1 h and 2 h, 0 expired, 0 limits reset, a wait of %d s took %.1f"
                + " s%n",
            SETTLE.toSeconds(), settled.toMillis() / 1e3);
      }
    }
  }

  private static void set(Path file, long seconds) throws IOException {
    Path next = Files.writeString(file.resolveSibling("skew.next"), "" + seconds);
    Path unused = Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static long jumps(ServiceProcess service) {
    return service.log().lines().filter(line -> line.contains("clock of this machine")).count();
  }

  private static long openGates(ServiceProcess service) throws Exception {
    return service
        .call("GET", "/api/v1/gates", null)
        .path("items")
        .valueStream()
        .filter(gate -> gate.path("status").asText().equals("open"))
        .count();
  }

  /** Runs whose change was refused by a limit. */
  private static long refusals(ServiceProcess service) {
    return Judge.wholeRuns(service).stream()
        .filter(run -> run.path("steps").findValuesAsText("code").contains("limit-target"))
        .count();
  }

  private static String status(ServiceProcess service, String target) {
    return Judge.wholeRuns(service).stream()
        .filter(run -> run.path("runbook").asText().equals("target-bad"))
        .filter(run -> run.path("vars").path("target").asText().equals(target))
        .map(run -> run.path("status").asText())
        .findFirst()
        .orElse("");
  }

  private static String offset(ServiceProcess service) throws Exception {
    return new String(service.admin("/metrics").body(), StandardCharsets.UTF_8);
  }
}
