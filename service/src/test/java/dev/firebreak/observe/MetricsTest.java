package dev.firebreak.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.alert.Delivery;
import dev.firebreak.core.Message;
import dev.firebreak.core.Reason;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.fixtures.MemoryLedger;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.guard.Automation;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Path PAGE = Path.of("../docs/operators/metrics.md");

  private final SettableClock clock = new SettableClock();
  private final CollectorRegistry registry = new CollectorRegistry();
  private final Metrics metrics = new Metrics(registry);

  @Test
  void page_namesEveryMetricAndNoOther() throws IOException {
    TreeSet<String> there = new TreeSet<>();
    for (Collector.MetricFamilySamples family : Collections.list(registry.metricFamilySamples())) {
      there.add(family.type == Collector.Type.COUNTER ? family.name + "_total" : family.name);
    }
    TreeSet<String> documented = new TreeSet<>();
    Matcher row = Pattern.compile("(?m)^\\| `(firebreak_[a-z_]+)`").matcher(page());
    while (row.find()) {
      documented.add(row.group(1));
    }
    assertThat(documented).isEqualTo(there).hasSizeGreaterThan(10);
  }

  @Test
  void guards_onTheirPage_areCountedFromTheStart() throws IOException {
    Matcher metric =
        Pattern.compile("\\| `(firebreak_[a-z_]+)\\{guard=\"([a-z]+)\"}`")
            .matcher(Files.readString(Path.of("../docs/guards.md")));
    int seen = 0;
    while (metric.find()) {
      for (String decision : java.util.List.of("deny", "hold", "ask")) {
        assertThat(
                registry.getSampleValue(
                    metric.group(1),
                    new String[] {"guard", "decision"},
                    new String[] {metric.group(2), decision}))
            .as("%s %s", metric.group(), decision)
            .isZero();
      }
      seen++;
    }
    assertThat(seen).isEqualTo(JournalMetrics.GUARDS.size());
  }

  @Test
  void alerts_onPage_speakOfSeriesThatExist() throws IOException {
    Matcher selector =
        Pattern.compile("(firebreak_[a-z_]+)(?:\\{([a-z_]+)!?=\"([a-z_]+)\"})?")
            .matcher(page().substring(page().indexOf("```yaml")));
    int seen = 0;
    while (selector.find()) {
      String name = selector.group(1);
      String label = selector.group(2);
      String value = selector.group(3);
      boolean there =
          Collections.list(registry.metricFamilySamples()).stream()
              .flatMap(family -> family.samples.stream())
              .anyMatch(
                  sample ->
                      sample.name.equals(name)
                          && (label == null
                              || sample.labelNames.contains(label)
                                  && sample.labelValues.contains(value)));
      assertThat(there).as("%s{%s=%s}", name, label, value).isTrue();
      seen++;
    }
    assertThat(seen).isGreaterThan(4);
  }

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  @Test
  void run_fromBirthToEnd_isLiveThenCounted() {
    Run begun = run(RunStatus.RUNNING, new StepState.Pending(), null);
    metrics.runs().changed(begun, begun);
    assertThat(value("firebreak_live_runs")).isEqualTo(1);

    Instant start = clock.instant();
    StepState over =
        new StepState.Ended(
            StepState.End.FAILED, start.plus(Duration.ofSeconds(3)), new Reason("refused", "no"));
    Run ended = run(RunStatus.FAILED, over, start);
    metrics.runs().changed(begun, ended);

    assertThat(value("firebreak_live_runs")).isZero();
    assertThat(value("firebreak_runs_total", "status", "failed")).isEqualTo(1);
    assertThat(value("firebreak_runs_total", "status", "mitigated")).isZero();
    assertThat(
            registry.getSampleValue(
                "firebreak_steps_total",
                new String[] {"phase", "status"},
                new String[] {"diagnose", "failed"}))
        .isEqualTo(1);
    assertThat(value("firebreak_step_seconds_sum", "phase", "diagnose")).isEqualTo(3);

    metrics.runs().changed(ended, ended);
    assertThat(value("firebreak_runs_total", "status", "failed")).isEqualTo(1);
  }

  private Run run(RunStatus status, StepState state, @Nullable Instant startedAt) {
    Map<String, StepRun> steps = new LinkedHashMap<>();
    steps.put("ping", new StepRun("ping", StepRun.Phase.DIAGNOSE, state, 1, startedAt, Map.of()));
    return new Run(
        "run_1",
        "inc_1",
        "redis-down",
        "v",
        Map.of(),
        Map.of(),
        "source:am",
        clock.instant(),
        status,
        null,
        null,
        Run.Control.NONE,
        1,
        steps);
  }

  @Test
  void guardEntry_isCountedByGuardAndDecision() {
    metrics.runs().recorded(entry("guard.denied", "{\"guard\":\"limit\"}"));
    metrics.runs().recorded(entry("guard.denied", "{\"guard\":\"x y\\nz\"}"));
    metrics.runs().recorded(entry("gate.rejected", "{}"));
    metrics.runs().recorded(entry("gate.vote", "{}"));

    String[] names = {"guard", "decision"};
    String family = "firebreak_guard_decisions_total";
    assertThat(registry.getSampleValue(family, names, new String[] {"limit", "deny"})).isEqualTo(1);
    assertThat(registry.getSampleValue(family, names, new String[] {"other", "deny"})).isEqualTo(1);
    assertThat(registry.getSampleValue(family, names, new String[] {"halt", "hold"})).isZero();
    assertThat(value("firebreak_gates_total", "status", "rejected")).isEqualTo(1);
  }

  private JournalEntry entry(String kind, String data) {
    return new JournalEntry(
        "inc_1", 1, clock.instant(), "system:x", kind, null, null, "t", data, "h");
  }

  @Test
  void message_isCountedOnlyOnceItIsDurable() {
    Message message = new Message("pigeon", "k", Map.of());
    Outbox.Entry entry =
        new Outbox.Entry(message, "inc_1", clock.instant(), 0, clock.instant(), null, null, null);
    String[] names = {"kind", "result"};
    String[] values = {"other", "given_up"};

    metrics.messages().givenUp(effect -> {}, entry, "no", clock.instant());
    assertThat(registry.getSampleValue("firebreak_messages_total", names, values)).isZero();

    metrics.messages().givenUp(Runnable::run, entry, "no", clock.instant());
    assertThat(registry.getSampleValue("firebreak_messages_total", names, values)).isEqualTo(1);
  }

  @Test
  void webhook_isCountedWithItsAlerts() {
    Delivery.Outcome outcome =
        new Delivery.Outcome(
            0, "f", "firing", Delivery.Result.UNMATCHED, null, List.of(), Map.of());
    metrics
        .webhooks()
        .listener(source -> "alertmanager")
        .received(
            new Delivery(
                "dlv_1",
                "am",
                clock.instant(),
                "application/json",
                new byte[0],
                List.of(outcome, outcome),
                List.of(),
                null));
    assertThat(value("firebreak_alerts_total", "result", "unmatched")).isEqualTo(2);
    assertThat(
            registry.getSampleValue(
                "firebreak_webhooks_total",
                new String[] {"source_type", "result"},
                new String[] {"alertmanager", "accepted"}))
        .isEqualTo(1);
  }

  @Test
  void commit_whenLedgerIsDown_isAFailure() {
    MemoryLedger memory = new MemoryLedger();
    var ledger = metrics.ledger().measured(memory);
    assertThat(ledger.commit(tx -> 1).join()).isEqualTo(1);
    memory.down(true);
    assertThat(ledger.commit(tx -> 1)).isCompletedExceptionally();
    assertThat(value("firebreak_commit_failures_total")).isEqualTo(1);
    assertThat(value("firebreak_commit_seconds_count")).isEqualTo(2);
  }

  @Test
  void state_isReadWhenAsked_andAbsentWhenItCannotBe() {
    metrics
        .state()
        .automation(() -> new Automation(Automation.Mode.OFF, "r", "ana", clock.instant(), null));
    metrics.state().queue(StateMetrics.Queue.COMMITS, () -> 7);
    metrics
        .state()
        .queue(
            StateMetrics.Queue.GATES,
            () -> {
              throw new IllegalStateException("down");
            });
    assertThat(value("firebreak_automation_mode", "mode", "off")).isEqualTo(1);
    assertThat(value("firebreak_automation_mode", "mode", "on")).isZero();
    assertThat(value("firebreak_queue_length", "queue", "commits")).isEqualTo(7);
    assertThat(value("firebreak_queue_length", "queue", "gates")).isNull();
  }

  @Test
  void databaseThatDoesNotAnswer_isWaitedForOnceInARound() {
    AtomicInteger waits = new AtomicInteger();
    for (StateMetrics.Queue queue : StateMetrics.Queue.values()) {
      metrics
          .state()
          .queue(
              queue,
              () -> {
                waits.incrementAndGet();
                throw new StoreUnavailable("it does not answer", null);
              });
    }
    metrics
        .state()
        .limits(
            () -> {
              waits.incrementAndGet();
              throw new StoreUnavailable("it does not answer", null);
            });
    metrics.state().queue(StateMetrics.Queue.COMMITS, () -> 7);
    Object unused = metrics.state().collect();
    assertThat(waits).hasValue(1);
    assertThat(value("firebreak_queue_length", "queue", "commits")).isEqualTo(7);
  }

  private @Nullable Double value(String name, String... label) {
    return label.length == 0
        ? registry.getSampleValue(name)
        : registry.getSampleValue(name, new String[] {label[0]}, new String[] {label[1]});
  }
}
