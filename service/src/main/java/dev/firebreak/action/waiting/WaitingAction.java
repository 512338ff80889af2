package dev.firebreak.action.waiting;

import static dev.firebreak.action.Schemas.duration;
import static dev.firebreak.action.Schemas.object;
import static dev.firebreak.action.Schemas.properties;

import dev.firebreak.action.Action;
import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Equipment;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code wait}: lets time pass. It holds a virtual thread, which costs next to nothing. */
final class WaitingAction implements Action {
  WaitingAction(Equipment equipment) {
    equipment.settings("wait", NoSettings.class);
  }

  /** There is nothing to configure. */
  record NoSettings() {}

  @Override
  public String type() {
    return "wait";
  }

  @Override
  public Map<String, Object> schema() {
    return object(
        properties("for", duration("how long; at most as long as the step's timeout")), "for");
  }

  @Override
  public boolean changes(Map<String, Object> params) {
    return false;
  }

  @Override
  public Outcome run(Invocation invocation) {
    String text = invocation.read().text("for");
    Duration pause = invocation.read().duration("for", Duration.ZERO);
    if (pause.compareTo(invocation.timeout()) > 0) {
      throw new BadParameter(
          "for",
          "is %s, longer than the step's timeout of %s: give the step a longer 'timeout'"
              .formatted(text, Durations.text(invocation.timeout())));
    }
    long start = System.nanoTime();
    CompletableFuture<Boolean> slept =
        new CompletableFuture<Boolean>()
            .completeOnTimeout(true, pause.toMillis(), TimeUnit.MILLISECONDS);
    invocation.cancellation().onCancel(() -> slept.complete(false));
    boolean whole = slept.join();
    Map<String, Object> output =
        Map.of("duration_ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    return whole
        ? new Outcome.Succeeded(output, List.of())
        : new Outcome.Failed(
            new Reason("cancelled", "the wait of " + text + " was cancelled"),
            false,
            output,
            List.of());
  }
}
