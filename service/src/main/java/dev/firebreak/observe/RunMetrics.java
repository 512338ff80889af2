package dev.firebreak.observe;

import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunListener;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.run.StepStatus;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what becomes of runs, steps and incidents. */
final class RunMetrics implements RunListener {
  private static final double MILLIS = 1_000.0;
  private static final List<String> ENDS =
      Arrays.stream(RunStatus.values()).filter(RunStatus::ended).map(Labels::of).toList();
  private static final List<String> STEP_ENDS =
      Labels.of(
          new StepStatus[] {
            StepStatus.SUCCEEDED,
            StepStatus.FAILED,
            StepStatus.SKIPPED,
            StepStatus.CANCELLED,
            StepStatus.UNKNOWN
          });

  private final Counter runs;
  private final Counter steps;
  private final Counter incidents;
  private final Histogram stepSeconds;
  private final Gauge live;
  private final Set<String> liveIds = ConcurrentHashMap.newKeySet();
  private final JournalMetrics journal;

  RunMetrics(CollectorRegistry registry) {
    runs =
        Counter.build("firebreak_runs_total", "Runs that ended, by how.")
            .labelNames("status")
            .register(registry);
    steps =
        Counter.build("firebreak_steps_total", "Steps that ended or became unknown, by how.")
            .labelNames("phase", "status")
            .register(registry);
    incidents =
        Counter.build("firebreak_incidents_total", "Incidents opened, acknowledged, resolved.")
            .labelNames("status")
            .register(registry);
    stepSeconds =
        Histogram.build("firebreak_step_seconds", "From a step's first attempt to its end.")
            .labelNames("phase")
            .buckets(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 900)
            .register(registry);
    live =
        Gauge.build("firebreak_live_runs", "Runs this node advances that have not ended.")
            .register(registry);
    journal = new JournalMetrics(registry);
    create();
  }

  private void create() {
    Labels.create(runs, ENDS);
    Labels.create(steps, Labels.of(StepRun.Phase.values()), STEP_ENDS);
    Labels.create(incidents, Labels.of(Incident.Status.values()));
    Labels.of(StepRun.Phase.values()).forEach(stepSeconds::labels);
  }

  @Override
  public void recorded(JournalEntry entry) {
    journal.count(entry);
  }

  @Override
  public void changed(Incident incident) {
    incidents.labels(Labels.of(incident.status())).inc();
  }

  @Override
  public void changed(Run before, Run after) {
    count(before, after);
    for (StepRun step : after.steps().values()) {
      StepRun was = before.steps().get(step.id());
      if (was == null || !was.state().equals(step.state())) {
        count(step);
      }
    }
  }

  private void count(Run before, Run after) {
    if (!after.status().ended()) {
      liveIds.add(after.id());
    } else if (liveIds.remove(after.id()) || !before.status().ended()) {
      runs.labels(Labels.of(after.status())).inc();
    }
    live.set(liveIds.size());
  }

  private void count(StepRun step) {
    String phase = Labels.of(step.phase());
    if (step.state() instanceof StepState.Unknown) {
      steps.labels(phase, Labels.of(StepStatus.UNKNOWN)).inc();
    } else if (step.state() instanceof StepState.Ended over) {
      steps.labels(phase, Labels.of(over.end())).inc();
      if (step.startedAt() != null) {
        stepSeconds
            .labels(phase)
            .observe(Duration.between(step.startedAt(), over.at()).toMillis() / MILLIS);
      }
    }
  }
}
