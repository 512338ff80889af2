package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes behind a real nginx, each stopped and started again in turn while alerts come in: no
 * sender notices, nothing is lost and nothing is done twice.
 */
class RollingUpgradeIT {
  @TempDir Path folder;

  @Test
  void nodesAreReplacedOneAfterTheOther_noSenderNotices() throws Exception {
    Nginx.need();
    try (PostgresServer postgres = new PostgresServer(folder);
        StubTarget stub = new StubTarget()) {
      Site site = new Site(folder, stub.port()).postgresql(postgres.url());
      try (ServiceProcess one = site.node("one");
          ServiceProcess two = site.node("two");
          Nginx nginx = new Nginx(folder, one.port(), two.port());
          ServiceProcess front = one.through(nginx.port)) {
        one.start();
        two.start();
        Await.until("nginx passes on", front::serves);
        livePage_showsWhatBothNodesDo(front, List.of(one, two));
        Alerts alerts = new Alerts();
        try (Alerts.Load load = alerts.load(2, List.of(front))) {
          replace(one);
          Await.pause(5_000);
          replace(two);
        } catch (AssertionError e) {
          throw new AssertionError("nginx says: " + nginx.log(), e);
        }
        assertThat(alerts.refused()).as("refused; nginx says: %s", nginx.log()).isZero();
        assertThat(alerts.unanswered()).as("unanswered").isZero();
        Judge.Verdict verdict = new Judge(site, stub, alerts).judge(front);
        System.out.println("rolling upgrade behind nginx: " + verdict);
      }
    }
  }

  private static void replace(ServiceProcess node) throws Exception {
    Await.pause(1_000);
    long before = System.nanoTime();
    node.signal("TERM");
    Await.until("the node has ended", () -> !node.alive());
    long ended = System.nanoTime();
    node.start();
    System.out.printf(
        "stopped in %d ms, serves %d ms later%n",
        TimeUnit.NANOSECONDS.toMillis(ended - before),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ended));
    Await.pause(1_000);
  }

  /** Whichever node serves the page: it shows what each of them adds to the record. */
  private static void livePage_showsWhatBothNodesDo(
      ServiceProcess front, List<ServiceProcess> nodes) throws Exception {
    Alerts alerts = new Alerts();
    assertThat(alerts.send(front, "watched")).isEqualTo(202);
    String incident = alerts.receipts().getLast().at("/alerts/0/incident").asText();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(front.address("/events?incident=" + incident)))
            .header("Cookie", front.session())
            .timeout(Duration.ofSeconds(20))
            .build();
    try (HttpClient browser = HttpClient.newHttpClient();
        InputStream page =
            browser.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      for (ServiceProcess node : nodes) {
        String note = "seen by all, said by " + node.port();
        node.call(
            "POST", "/api/v1/incidents/" + incident + "/notes", "{\"text\": \"" + note + "\"}");
        long said = System.nanoTime();
        readUntil(page, note);
        System.out.printf(
            "a live page shows it after %d ms%n",
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - said));
      }
    }
  }

  private static void readUntil(InputStream page, String wanted) throws Exception {
    StringBuilder seen = new StringBuilder();
    long begun = System.nanoTime();
    while (seen.indexOf(wanted) < 0) {
      byte[] some = new byte[4096];
      int read = page.read(some);
      assertThat(read).as("the stream goes on; so far: %s", seen).isPositive();
      seen.append(new String(some, 0, read, StandardCharsets.UTF_8));
      assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(30));
    }
  }
}
