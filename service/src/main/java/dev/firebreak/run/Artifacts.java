package dev.firebreak.run;

import dev.firebreak.core.Tx;
import java.util.List;
import java.util.Optional;

/** Keeps artifacts. Thread-safe. */
public interface Artifacts {
  /** Adds an artifact of a new id. */
  void add(Tx tx, Artifact artifact, byte[] content);

  /** What is known of an artifact; empty when there is none of this id. */
  Optional<Artifact> find(Tx tx, String id);

  /** The bytes of an artifact; empty when there is none of this id, or they were removed. */
  Optional<byte[]> content(Tx tx, String id);

  /** All of an incident, oldest first. */
  List<Artifact> ofIncident(Tx tx, String incidentId);
}
