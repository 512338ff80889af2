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

  /** The first so many of an incident, oldest first; no others are read. */
  List<Artifact> first(Tx tx, String incidentId, int limit);

  /** The first so many of an incident that a run of it made, oldest first. */
  List<Artifact> first(Tx tx, String incidentId, String runId, int limit);
}
