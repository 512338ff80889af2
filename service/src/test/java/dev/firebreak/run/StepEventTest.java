package dev.firebreak.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.core.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Walks every pair of state and event, and compares with the table on the docs page. */
class StepEventTest {
  private static final Instant NOW = Instant.EPOCH;
  private static final Reason WHY = new Reason("why", "why");

  private static final Map<String, StepState> STATES = new LinkedHashMap<>();
  private static final Map<String, StepEvent> EVENTS = new LinkedHashMap<>();

  static {
    STATES.put("pending", new StepState.Pending());
    STATES.put("ready", new StepState.Ready());
    STATES.put("running (read)", new StepState.Running(NOW, NOW, null));
    STATES.put("running (change)", new StepState.Running(NOW, NOW, "int_1"));
    STATES.put("underway", new StepState.Underway(NOW));
    STATES.put("waiting (timer)", waiting(WaitFor.TIMER));
    STATES.put("waiting (gate, lock, …)", waiting(WaitFor.GATE));
    STATES.put("waiting (acknowledgement)", waiting(WaitFor.ACKNOWLEDGEMENT));
    STATES.put("waiting (time, signal, run)", waiting(WaitFor.SIGNAL));
    STATES.put("unknown", new StepState.Unknown("int_1", NOW, WHY));
    STATES.put("failed", ended(StepState.End.FAILED));
    STATES.put("succeeded, skipped or cancelled", ended(StepState.End.SUCCEEDED));
    EVENTS.put("propose", new StepEvent.Propose());
    EVENTS.put("begin read", new StepEvent.Begin(new StepState.Running(NOW, NOW, null)));
    EVENTS.put("begin change", new StepEvent.Begin(new StepState.Running(NOW, NOW, "int_1")));
    EVENTS.put("open", new StepEvent.Open(new StepState.Underway(NOW)));
    EVENTS.put("hold for timer", new StepEvent.Hold(waiting(WaitFor.TIMER)));
    EVENTS.put("hold for gate, lock, …", new StepEvent.Hold(waiting(WaitFor.GATE)));
    EVENTS.put("call", new StepEvent.Hold(waiting(WaitFor.ACKNOWLEDGEMENT)));
    EVENTS.put("await", new StepEvent.Hold(waiting(WaitFor.SIGNAL)));
    EVENTS.put("lose track", new StepEvent.LoseTrack(new StepState.Unknown("int_1", NOW, WHY)));
    EVENTS.put("succeed", new StepEvent.Finish(ended(StepState.End.SUCCEEDED)));
    EVENTS.put("fail", new StepEvent.Finish(ended(StepState.End.FAILED)));
    EVENTS.put("skip", new StepEvent.Finish(ended(StepState.End.SKIPPED)));
    EVENTS.put("cancel", new StepEvent.Finish(ended(StepState.End.CANCELLED)));
    EVENTS.put("reopen", new StepEvent.Reopen());
  }

  private static StepState.Waiting waiting(WaitFor what) {
    return new StepState.Waiting(what, NOW, NOW, null, WHY);
  }

  private static StepState.Ended ended(StepState.End end) {
    return new StepState.Ended(end, NOW, WHY);
  }

  @Test
  void waitForATime_isAsForASignal() {
    EVENTS.forEach(
        (name, event) ->
            assertThat(event.allowed(waiting(WaitFor.TIME)))
                .as(name)
                .isEqualTo(!name.equals("await") && event.allowed(waiting(WaitFor.SIGNAL))));
  }

  @Test
  void skippedAndCancelled_areAsSucceeded() {
    for (StepState.End end : List.of(StepState.End.SKIPPED, StepState.End.CANCELLED)) {
      EVENTS.forEach(
          (name, event) ->
              assertThat(event.allowed(ended(end)))
                  .as(name)
                  .isEqualTo(event.allowed(ended(StepState.End.SUCCEEDED))));
    }
  }

  @Test
  void everyPair_isAsTheDocsSay() throws IOException {
    Map<String, String> edges = new TreeMap<>();
    STATES.forEach(
        (name, state) ->
            EVENTS.forEach(
                (event, what) -> {
                  if (what.allowed(state)) {
                    edges.merge(name, event, (all, one) -> all + ", " + one);
                  } else {
                    assertThat(refuses(what, state)).as("%s by %s", name, event).isTrue();
                  }
                }));
    assertThat(table()).isEqualTo(edges);
  }

  private static boolean refuses(StepEvent event, StepState state) {
    try {
      event.from(state);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static Map<String, String> table() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    List<String> lines = Files.readAllLines(Path.of("../docs/engine.md"));
    for (String line : lines) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 4 && STATES.containsKey(cells[1].strip()) && !cells[2].isBlank()) {
        rows.put(cells[1].strip(), cells[2].strip());
      }
    }
    return rows;
  }
}
