package dev.firebreak.app;

import dev.firebreak.core.Turn;
import dev.firebreak.guard.Automation;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A site that came up from a backup is on hold: what the past had left to do is not taken up, and
 * no message leaves, until a human switches automation on, or lets it ask. Thread-safe.
 */
final class Hold implements Turn {
  private static final Logger LOG = LoggerFactory.getLogger(Hold.class);

  private final Supplier<Automation> automation;
  private volatile boolean on;

  /**
   * @param on whether the site was restored, and nobody switched automation on since
   */
  Hold(boolean on, Supplier<Automation> automation) {
    this.on = on;
    this.automation = automation;
    if (on) {
      LOG.warn("on hold: {}", automation.get().reason());
    }
  }

  boolean on() {
    return on;
  }

  /** Ends the hold once automation is no longer off. */
  @Override
  public Optional<Instant> turn(Instant now) {
    if (on && automation.get().mode() != Automation.Mode.OFF) {
      on = false;
      LOG.info("no longer on hold");
    }
    return Optional.empty();
  }
}
