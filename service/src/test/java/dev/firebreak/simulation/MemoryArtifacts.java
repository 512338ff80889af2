package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Artifacts;
import java.util.List;
import java.util.Optional;

/** Artifacts in memory. */
final class MemoryArtifacts implements Artifacts {
  private final Table<Kept> artifacts;

  MemoryArtifacts(Table<Kept> artifacts) {
    this.artifacts = artifacts;
  }

  /** An artifact and its bytes, which nobody changes. */
  record Kept(Artifact artifact, byte[] content) {}

  @Override
  public void add(Tx tx, Artifact artifact, byte[] content) {
    artifacts.insert(tx, artifact.id(), new Kept(artifact, content.clone()));
  }

  @Override
  public Optional<Artifact> find(Tx tx, String id) {
    return artifacts.get(tx, id).map(Kept::artifact);
  }

  @Override
  public Optional<byte[]> content(Tx tx, String id) {
    return artifacts.get(tx, id).map(kept -> kept.content().clone());
  }

  @Override
  public List<Artifact> ofIncident(Tx tx, String incidentId) {
    return artifacts
        .rows(tx)
        .map(Kept::artifact)
        .filter(it -> it.incidentId().equals(incidentId))
        .toList();
  }

  @Override
  public List<Artifact> first(Tx tx, String incidentId, int limit) {
    return ofIncident(tx, incidentId).stream().limit(limit).toList();
  }

  @Override
  public List<Artifact> first(Tx tx, String incidentId, String runId, int limit) {
    return ofIncident(tx, incidentId).stream()
        .filter(it -> it.runId().equals(runId))
        .limit(limit)
        .toList();
  }
}
