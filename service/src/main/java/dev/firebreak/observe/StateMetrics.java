package dev.firebreak.observe;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.Counted;
import dev.firebreak.guard.HaltScope;
import dev.firebreak.guard.LimitDesk;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.GaugeMetricFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How things stand at the moment somebody asks: read then, and absent when it cannot be read. */
public final class StateMetrics extends Collector {
  /** What can wait. */
  public enum Queue {
    /** Work for the ledger. */
    COMMITS,
    /** Messages that were not delivered at the first try. */
    MESSAGES,
    /** Gates that wait for people. */
    GATES,
    /** Attempts of actions that wait for a free place. */
    ACTIONS,
    /** Messages that nobody received and nobody has seen to. */
    UNHEARD,
    /** Runs whose changes the halt switch refused or stopped, until somebody chooses. */
    HALTED,
    /** Breakers that are open, and wait for a trial or a human. */
    BREAKERS,
    /** Contacts of people that nobody has verified. */
    CONTACTS
  }

  private static final Logger LOG = LoggerFactory.getLogger(StateMetrics.class);

  private final Map<Queue, DoubleSupplier> queues = new ConcurrentHashMap<>();
  private volatile @Nullable Supplier<Automation> automation;
  private volatile Supplier<List<Automation>> parts = List::of;
  private volatile @Nullable Supplier<List<LimitDesk.Standing>> limits;
  private volatile Supplier<Duration> clock = () -> Duration.ZERO;
  private volatile @Nullable Supplier<Duration> lease;

  StateMetrics(CollectorRegistry registry) {
    register(registry);
  }

  /** Says who knows how long a queue is; must be quick, and may throw when it cannot be told. */
  public void queue(Queue queue, DoubleSupplier length) {
    queues.put(queue, length);
  }

  /** Says who knows what the halt switch is at. */
  public void automation(Supplier<Automation> current) {
    automation = current;
  }

  /** Says who knows what is halted in part. */
  public void haltedParts(Supplier<List<Automation>> current) {
    parts = current;
  }

  /** Says who knows what is left of the limits; may throw when it cannot be told. */
  public void limits(Supplier<List<LimitDesk.Standing>> current) {
    limits = current;
  }

  /** Says who knows how far the wall clock is ahead of the service's. */
  public void clock(Supplier<Duration> offset) {
    clock = offset;
  }

  /** Says who knows how long this node may still act without another word of the database. */
  public void lease(Supplier<Duration> left) {
    lease = left;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    AtomicBoolean silent = new AtomicBoolean();
    return List.of(
        queueLengths(silent),
        automationMode(),
        haltedParts(),
        limitsLeft(silent),
        clockOffset(),
        leaseLeft());
  }

  private MetricFamilySamples leaseLeft() {
    GaugeMetricFamily family =
        new GaugeMetricFamily(
            "firebreak_lease_left_seconds",
            "How long this node may act without a renewal of its lease; at 0 it changes nothing.",
            List.of());
    Supplier<Duration> left = lease;
    if (left != null) {
      family.addMetric(List.of(), left.get().toMillis() / 1000.0);
    }
    return family;
  }

  /**
   * Asks the database, unless it did not answer in the same round: it is waited for only once, so
   * that whoever asks gets the rest in time.
   */
  private static void ask(AtomicBoolean silent, String what, Runnable question) {
    if (silent.get()) {
      return;
    }
    try {
      question.run();
    } catch (RuntimeException e) {
      silent.set(e instanceof StoreUnavailable);
      LOG.debug("{} cannot be told, so the series is absent", what, e);
    }
  }

  private MetricFamilySamples queueLengths(AtomicBoolean silent) {
    GaugeMetricFamily family =
        new GaugeMetricFamily("firebreak_queue_length", "How much waits.", List.of("queue"));
    queues.forEach(
        (queue, length) ->
            ask(
                queue == Queue.COMMITS ? new AtomicBoolean() : silent,
                "the length of the queue " + queue,
                () -> family.addMetric(List.of(Labels.of(queue)), length.getAsDouble())));
    return family;
  }

  private MetricFamilySamples automationMode() {
    GaugeMetricFamily family =
        new GaugeMetricFamily(
            "firebreak_automation_mode",
            "1 for the mode the halt switch is at, 0 for the others.",
            List.of("mode"));
    Supplier<Automation> current = automation;
    List<Automation.Mode> at = new ArrayList<>();
    if (current != null) {
      at.add(current.get().mode());
    }
    for (Automation.Mode mode : Automation.Mode.values()) {
      family.addMetric(List.of(mode.asText()), at.contains(mode) ? 1 : 0);
    }
    return family;
  }

  private MetricFamilySamples haltedParts() {
    GaugeMetricFamily family =
        new GaugeMetricFamily(
            "firebreak_automation_halted_parts",
            "How many teams, services, runbooks or kinds of action are halted by themselves.",
            List.of("scope", "mode"));
    List<Automation> halted = parts.get();
    for (HaltScope.Kind kind : HaltScope.Kind.values()) {
      for (Automation.Mode mode : List.of(Automation.Mode.ASK, Automation.Mode.OFF)) {
        if (kind != HaltScope.Kind.ALL) {
          family.addMetric(
              List.of(kind.asText(), mode.asText()),
              halted.stream()
                  .filter(part -> part.scope().kind() == kind && part.mode() == mode)
                  .count());
        }
      }
    }
    return family;
  }

  private MetricFamilySamples limitsLeft(AtomicBoolean silent) {
    GaugeMetricFamily family =
        new GaugeMetricFamily(
            "firebreak_limit_left",
            "How many more changes the limit allows that has the least left of its level.",
            List.of("level"));
    Supplier<List<LimitDesk.Standing>> current = limits;
    ask(silent, "what is left of the limits", () -> limitsLeft(family, current));
    return family;
  }

  private static void limitsLeft(
      GaugeMetricFamily family, @Nullable Supplier<List<LimitDesk.Standing>> current) {
    List<LimitDesk.Standing> all = current == null ? List.of() : current.get();
    for (Counted.Level level : Counted.Level.values()) {
      all.stream()
          .filter(limit -> limit.what().level() == level)
          .mapToInt(LimitDesk.Standing::left)
          .min()
          .ifPresent(left -> family.addMetric(List.of(level.asText()), left));
    }
  }

  private MetricFamilySamples clockOffset() {
    return new GaugeMetricFamily(
        "firebreak_clock_offset_seconds",
        "How far the machine's clock is ahead of the service's, which does not jump.",
        clock.get().toMillis() / 1e3);
  }
}
