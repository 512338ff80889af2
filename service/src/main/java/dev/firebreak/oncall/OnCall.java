package dev.firebreak.oncall;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.Optional;

/** Who answers. Works inside a transaction of its caller; knows no clock. Thread-safe. */
public interface OnCall {
  /** There is no schedule, and nobody is away. */
  OnCall NOBODY =
      new OnCall() {
        @Override
        public boolean has(String schedule) {
          return false;
        }

        @Override
        public Optional<String> at(Tx tx, String schedule, Instant moment) {
          return Optional.empty();
        }

        @Override
        public String standIn(Tx tx, String person, Instant moment) {
          return person;
        }
      };

  /** Whether there is a schedule of this name. */
  boolean has(String schedule);

  /**
   * Who is on call, with every cover and absence; empty when nobody is, or there is no such one.
   */
  Optional<String> at(Tx tx, String schedule, Instant moment);

  /** Whoever answers for a person at a moment: the person, unless away, else the substitute. */
  String standIn(Tx tx, String person, Instant moment);
}
