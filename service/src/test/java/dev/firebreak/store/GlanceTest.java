package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much of a run is read to tell of it. */
class GlanceTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final StepState DONE =
      new StepState.Ended(StepState.End.SUCCEEDED, NOON, Samples.WHY);

  private final Rows rows = new Rows();

  /** Rows of one run that count how many of them are read. */
  private static final class Rows implements StepSql {
    private final TreeMap<String, StepRow> byId = new TreeMap<>();
    private int read;

    private List<StepRow> given(List<StepRow> given) {
      read += given.size();
      return given;
    }

    @Override
    public void insert(List<StepRow> added) {
      added.forEach(row -> byId.put(row.stepId(), row));
    }

    @Override
    public int[] update(List<StepRow> changed) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<StepRow> of(String runId) {
      return given(List.copyOf(byId.values()));
    }

    @Override
    public List<StepRow> page(String runId, String after, int limit) {
      return given(byId.tailMap(after, false).values().stream().limit(limit).toList());
    }

    @Override
    public List<StepRow> open(String runId, String after, String before) {
      return given(
          byId.subMap(after, before).values().stream()
              .filter(row -> !row.toStep().ended())
              .toList());
    }

    @Override
    public Count count(String runId, String after, String before) {
      int items = byId.subMap(after, before).size();
      return new Count(items, items, 0);
    }
  }

  private void add(Run run, String id, Map<String, Object> output) {
    StepRun step = new StepRun(id, StepRun.Phase.ACT, DONE, 1, NOON, output);
    rows.insert(List.of(StepRow.of(run.id(), rows.byId.size(), step)));
  }

  private Run listOf(int items) {
    Run run = Samples.run("inc_1");
    add(run, "move", Map.of());
    add(run, "move/copy", Map.of());
    add(run, "move/copy.list", Map.of("items", List.of("a")));
    IntStream.range(0, items).forEach(item -> add(run, "move/copy[" + item + "]", Map.of()));
    add(run, "move/copying", Map.of());
    return run;
  }

  private Map<String, StepRun> steps(Run run, RunStatus status) {
    RunSql.Row row =
        new RunSql.Row(
            run.id(),
            "inc_1",
            "book",
            "1",
            "{}",
            "{}",
            "source:x",
            NOON,
            status,
            null,
            null,
            null,
            false,
            null,
            null,
            false,
            1,
            null);
    return new Glance(rows, row).steps();
  }

  @Test
  void tenThousandItemsThatAreOver_areNotRead() {
    Run run = listOf(10_000);
    for (RunStatus status : List.of(RunStatus.RUNNING, RunStatus.MITIGATED)) {
      rows.read = 0;
      assertThat(steps(run, status))
          .containsOnlyKeys("move", "move/copy", "move/copy.list", "move/copying");
      assertThat(rows.read).as("rows read").isLessThan(100);
    }
  }

  @Test
  void manySteps_areReadPageByPage() {
    Run run = listOf(3);
    IntStream.range(0, 120).forEach(step -> add(run, "step-" + step, Map.of()));
    assertThat(steps(run, RunStatus.MITIGATED)).hasSize(124);
  }
}
