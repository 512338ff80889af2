package dev.firebreak.notify;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps what nobody received, until it arrives or somebody has seen it. Thread-safe. */
public interface UnheardMessages {
  /** Adds one; nothing when there is one of this message already. */
  void add(Tx tx, Unheard unheard);

  /** The one of a message, ended or not. */
  Optional<Unheard> ofMessage(Tx tx, String messageKey);

  /** One that has not ended. */
  Optional<Unheard> find(Tx tx, String id);

  /** Those that have not ended, oldest first. */
  List<Unheard> open(Tx tx, int limit);

  /**
   * Ends one.
   *
   * @param by who saw it: {@link dev.firebreak.core.Actor#asText}
   * @return whether it was open
   */
  boolean end(Tx tx, String id, String by, Instant at);
}
