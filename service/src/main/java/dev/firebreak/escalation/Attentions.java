package dev.firebreak.escalation;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps what incidents wait for from people; at most one for each. Thread-safe. */
public interface Attentions {
  /** Writes it, instead of the one there was. */
  void save(Tx tx, Attention attention);

  /** Removes it; nothing when there is none. */
  void remove(Tx tx, String incidentId);

  /** That of an incident; nobody else changes it until a writing transaction ends. */
  Optional<Attention> find(Tx tx, String incidentId);

  /** The incidents whose time has come, earliest first. */
  List<String> due(Tx tx, Instant now, int limit);
}
