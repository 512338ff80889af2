package dev.firebreak.oncall;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/** One plan of who is on call, before anybody swapped anything. Immutable. */
interface Layer {
  /** The person at a moment; empty when this plan leaves it open. */
  Optional<String> at(Instant moment);

  /** The moments within a span at which the answer of {@link #at} may change. */
  SortedSet<Instant> changes(Span span);
}
