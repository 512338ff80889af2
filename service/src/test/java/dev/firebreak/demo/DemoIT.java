package dev.firebreak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the built program, as a stranger starts them. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {
  private static final int ENDED_BY_SIGINT = 130;
  private static final String TOKEN = "Token   (\\S+) ";

  /** It mostly waits, so the others play meanwhile; it is looked at last. */
  private static Playing unattended;

  @BeforeAll
  static void theProgramIsBuilt(@TempDir Path tmp) throws IOException {
    Path jar = Playing.root().resolve("service/target/firebreak.jar");
    assertThat(jar).exists();
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
    unattended = new Playing(tmp, "--yes", "--once");
  }

  @AfterAll
  static void thatIsOver() {
    unattended.kill();
  }

  @Test
  @Order(3)
  void unattended_playsThreeOutagesAndEndsWell() throws Exception {
    int code = unattended.end();
    String output = unattended.all();
    assertThat(code).as(output).isZero();
    assertThat(output)
        .contains("Outage 1 of 3", "Outage 2 of 3", "Outage 3 of 3, act one", "act two")
        .containsSubsequence(
            "/gates/gate_",
            "you approves",
            "1 of 2 approved in time; now asks demo-backup",
            "ben approves",
            "approved by you, ben",
            "/gates/gate_",
            "dora breaks the glass: nobody answers",
            "/reviews",
            "ben closes the review of the glass dora broke")
        .contains("threads-threads.txt", "log-patient.log", "# Postmortem: ")
        .doesNotContain("\u001b[", "Exception");
    assertThat(unattended.lines().stream().filter(line -> line.contains("patient mitigated")))
        .hasSize(4);
    assertThat(unattended.lines().stream().filter(line -> line.contains("4 artifacts attached")))
        .hasSize(4);
    unattended.leftNothing();
  }

  @Test
  @Order(2)
  void interruptedWhileItRestarts_leavesNothing(@TempDir Path tmp) throws Exception {
    Playing demo = new Playing(tmp);
    try {
      demo.awaits("▶ restart");
      assertThat(demo.interrupt()).as(demo.all()).isEqualTo(ENDED_BY_SIGINT);
      demo.leftNothing();
    } finally {
      demo.kill();
    }
  }

  @Test
  @Order(1)
  void whoTakesPart_decidesOnThePages(@TempDir Path tmp) throws Exception {
    Playing demo = new Playing(tmp, "--walk", "8s");
    try {
      Newcomer ben = twoAgree(demo);
      doraBreaksTheGlass(demo, ben);
      demo.awaits("so look around");
      assertThat(demo.interrupt()).as(demo.all()).isEqualTo(ENDED_BY_SIGINT);
      demo.leftNothing();
    } finally {
      demo.kill();
    }
  }

  private static Newcomer twoAgree(Playing demo) throws Exception {
    Matcher open = gate(demo);
    String gate = open.group(2);
    Newcomer you = person(demo, open, "you");
    assertThat(you.page(gate)).contains("0 of 2", "asks you", "demo-backup", "demo-manager");
    you.submit(gate, gate + "/approve", Map.of("reason", "I looked at the threads"));
    assertThat(you.page(gate)).contains("1 of 2", "I looked at the threads");
    demo.awaits("1 of 2 approved in time; now asks demo-backup");
    Newcomer ben = person(demo, open, "ben");
    assertThat(ben.page(gate)).contains("before, not enough answers in time");
    ben.submit(gate, gate + "/approve", Map.of("reason", "agreed"));
    demo.awaits("approved by you, ben");
    assertThat(ben.api(gate)).contains("\"status\":\"approved\"", "\"quorum\":2");
    return ben;
  }

  private static void doraBreaksTheGlass(Playing demo, Newcomer ben) throws Exception {
    Matcher open = gate(demo);
    String gate = open.group(2);
    Newcomer dora = person(demo, open, "dora");
    assertThat(ben.page(gate)).doesNotContain("Break the glass");
    dora.submit(gate, "/reviews/break", Map.of("reason", "nobody answers"));
    demo.awaits("dora breaks the glass: nobody answers");
    demo.awaits("/reviews");
    assertThat(dora.page("/reviews")).contains("glass broken").doesNotContain("/reviews/close");
    ben.submit("/reviews", "/reviews/close", Map.of("finding", "she was right"));
    demo.awaits("ben closes the review of the glass dora broke: she was right");
    assertThat(ben.page("/reviews")).contains("No review is open.", "she was right");
    assertThat(ben.api("/reviews")).contains("\"closed_by\":\"ben\"", "\"person\":\"dora\"");
    String run = demo.awaits("run:.*(/runs/run_\\S+)").group(1);
    assertThat(ben.page(run)).doesNotContain("glass");
    String broken = demo.awaits("run:.*(/runs/run_\\S+)").group(1);
    assertThat(ben.page(broken)).contains("glass", "dora", "nobody answers");
  }

  private static Matcher gate(Playing demo) throws IOException {
    return demo.awaits("Open +(http://localhost:\\d+)(/gates/gate_\\S+)");
  }

  private static Newcomer person(Playing demo, Matcher open, String name) throws Exception {
    return new Newcomer(open.group(1), demo.awaits(TOKEN + "\\(" + name + "\\)").group(1));
  }
}
