package dev.firebreak.intake;

import dev.firebreak.alert.Delivery;

/** Is told what intake took in and what it refused. Must be quick and must not throw. */
public interface IntakeListener {
  /** A delivery was committed. */
  default void received(Delivery delivery) {}

  /**
   * A request was refused.
   *
   * @param source a configured source's name, or empty when there is none of that name
   */
  default void refused(String source, IntakeRefused.Kind kind) {}
}
