package dev.firebreak.run;

import dev.firebreak.core.Tx;
import java.util.List;
import java.util.Optional;

/** Keeps artifacts. Thread-safe. */
public interface Artifacts {
  void add(Tx tx, Artifact artifact, byte[] content);

  Optional<Artifact> find(Tx tx, String id);

  Optional<byte[]> content(Tx tx, String id);

  /** All of an incident, oldest first. */
  List<Artifact> ofIncident(Tx tx, String incidentId);
}
