package dev.firebreak.app;

import com.codahale.metrics.health.HealthCheck;
import java.util.Optional;
import java.util.function.Supplier;

/** Unhealthy, so that somebody restarts this process, when its timers stand still. */
final class TimersTurn extends HealthCheck {
  private final Supplier<Optional<String>> fault;

  TimersTurn(Supplier<Optional<String>> fault) {
    this.fault = fault;
  }

  @Override
  protected Result check() {
    return fault.get().map(Result::unhealthy).orElseGet(Result::healthy);
  }
}
