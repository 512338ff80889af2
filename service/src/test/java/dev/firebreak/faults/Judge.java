package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.app.CommandLine;
import dev.firebreak.faults.StubTarget.Fix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says whether the laws held: by the log of the target and by what was acknowledged, not by what
 * Firebreak says of itself.
 */
final class Judge {
  private final Site site;
  private final StubTarget target;
  private final Alerts alerts;

  Judge(Site site, StubTarget target, Alerts alerts) {
    this.site = site;
    this.target = target;
    this.alerts = alerts;
  }

  /** What was counted; there were no losses and no repeats, or there would be no verdict. */
  record Verdict(int acknowledged, int runs, long escalated, int changes) {
    @Override
    public String toString() {
      return "%d acknowledged, %d runs, %d escalated, %d changes, repeats 0, losses 0"
          .formatted(acknowledged, runs, escalated, changes);
    }
  }

  /**
   * Waits for the end of every run, answering as a person would who looks at the target, and judges
   * all that happened.
   */
  Verdict judge(ServiceProcess service) throws Exception {
    List<JsonNode> runs = ended(service);
    everyAcknowledgedIsThere(service, runs);
    noneTwice(runs);
    for (JsonNode run : runs) {
      ticketOnce(service, run);
    }
    return new Verdict(
        alerts.receipts().size(), runs.size(), count(runs, "escalated"), target.fixes().size());
  }

  /** The journal is whole; on an H2 file only when nobody has it open. */
  static void journalIsWhole(ServiceProcess service) throws Exception {
    assertThat(CommandLine.run("audit", "verify", service.config().toString()))
        .endsWith("0 faults");
  }

  private List<JsonNode> ended(ServiceProcess service) {
    List<JsonNode> open =
        Await.until(
            "the end of every run",
            () -> {
              List<JsonNode> left =
                  runs(service).stream().filter(run -> !run.hasNonNull("ended_at")).toList();
              for (JsonNode run : left) {
                answer(service, run.path("id").asText());
              }
              return left;
            },
            List::isEmpty);
    assertThat(open).isEmpty();
    return runs(service);
  }

  /** Where a person is asked, says what really happened. */
  private void answer(ServiceProcess service, String id) throws Exception {
    JsonNode run = service.call("GET", "/api/v1/runs/" + id, null);
    for (JsonNode step : run.path("steps")) {
      if (step.path("status").asText().equals("unknown") && proofIsOver(run, step)) {
        boolean happened = target.saw(run.path("vars").path("target").asText());
        service.call(
            "POST",
            "/api/v1/runs/" + id + "/steps/" + step.path("id").asText() + "/resolve",
            "{\"happened\": " + happened + ", \"reason\": \"looked at the target\"}");
      } else if (step.path("waits_for").asText().equals("acknowledgement")) {
        service.call(
            "POST", "/api/v1/incidents/" + run.path("incident").asText() + "/acknowledge", null);
      }
    }
  }

  private static boolean proofIsOver(JsonNode run, JsonNode step) {
    String proof = step.path("id").asText() + ".verify";
    return run.path("steps")
        .valueStream()
        .anyMatch(other -> other.path("id").asText().equals(proof) && other.hasNonNull("ended_at"));
  }

  /** All runs there are. */
  static List<JsonNode> runs(ServiceProcess service) {
    try {
      List<JsonNode> runs = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page = service.call("GET", "/api/v1/runs?limit=200" + cursor, null);
        page.path("items").forEach(runs::add);
        cursor = page.path("next").isTextual() ? "&cursor=" + page.path("next").asText() : "";
      } while (!cursor.isEmpty());
      return runs;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The same, each with its variables and steps. */
  static List<JsonNode> wholeRuns(ServiceProcess service) {
    List<JsonNode> whole = new ArrayList<>();
    for (JsonNode run : runs(service)) {
      try {
        whole.add(service.call("GET", "/api/v1/runs/" + run.path("id").asText(), null));
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return whole;
  }

  private void everyAcknowledgedIsThere(ServiceProcess service, List<JsonNode> runs)
      throws Exception {
    Map<String, JsonNode> byId =
        runs.stream().collect(Collectors.toMap(run -> run.path("id").asText(), run -> run));
    List<String> incidents = runs.stream().map(run -> run.path("incident").asText()).toList();
    for (JsonNode receipt : alerts.receipts()) {
      JsonNode kept =
          service.call("GET", "/api/v1/deliveries/" + receipt.path("delivery").asText(), null);
      assertThat(kept.path("alerts")).isEqualTo(receipt.path("alerts"));
      if (receipt.at("/alerts/0/result").asText().equals("started")) {
        assertThat(byId).containsKey(receipt.at("/alerts/0/runs/0").asText());
      } else {
        // What was sent before was stored, but its sender did not hear of it.
        assertThat(receipt.at("/alerts/0/result").asText()).isIn("duplicate", "joined");
        assertThat(incidents).contains(receipt.at("/alerts/0/incident").asText());
      }
    }
  }

  private void noneTwice(List<JsonNode> runs) {
    assertThat(target.fixes().stream().map(Fix::target)).doesNotHaveDuplicates();
    assertThat(target.fixes().stream().map(Fix::key)).doesNotHaveDuplicates().doesNotContain("");
    assertThat(runs.stream().map(run -> run.path("status").asText()))
        .isSubsetOf("mitigated", "escalated");
    assertThat(count(runs, "mitigated")).isPositive().isLessThanOrEqualTo(target.fixes().size());
  }

  private static long count(List<JsonNode> runs, String status) {
    return runs.stream().filter(run -> run.path("status").asText().equals(status)).count();
  }

  private void ticketOnce(ServiceProcess service, JsonNode run) throws Exception {
    String incident = run.path("incident").asText();
    JsonNode artifacts =
        service.call("GET", "/api/v1/incidents/" + incident + "/artifacts", null).path("items");
    Path ticket = site.tickets().resolve(incident);
    // The last messages may still be on their way when the last run has ended.
    Await.until(
        ticket + " is whole",
        () -> Files.exists(ticket.resolve("ticket.md")) && attached(ticket) >= artifacts.size());
    assertThat(artifacts).as("evidence of %s", incident).hasSize(1);
    try (Stream<Path> files = Files.list(ticket.resolve("attachments"))) {
      // What a killed process was writing stays behind under a hidden name, and is not shown.
      List<Path> attached =
          files.filter(file -> !String.valueOf(file.getFileName()).startsWith(".")).toList();
      assertThat(attached).hasSize(1);
      assertThat(attached.getFirst())
          .hasBinaryContent(service.bytes(artifacts.get(0).path("content").asText()));
    }
    JsonNode tickets = service.call("GET", "/api/v1/incidents/" + incident, null).path("tickets");
    assertThat(tickets).hasSize(1);
  }

  private static long attached(Path ticket) throws IOException {
    if (!Files.isDirectory(ticket.resolve("attachments"))) {
      return 0;
    }
    try (Stream<Path> files = Files.list(ticket.resolve("attachments"))) {
      return files.count();
    }
  }
}
