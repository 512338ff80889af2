package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Artifacts;
import java.util.List;
import java.util.Optional;

/** Artifacts in a table, their bytes in another, so that lists stay light. */
final class JdbiArtifacts implements Artifacts {
  @Override
  public void add(Tx tx, Artifact artifact, byte[] content) {
    sql(tx).insert(artifact);
    sql(tx).insert(artifact.id(), content);
  }

  @Override
  public Optional<Artifact> find(Tx tx, String id) {
    return sql(tx).find(id);
  }

  @Override
  public Optional<byte[]> content(Tx tx, String id) {
    return sql(tx).content(id);
  }

  @Override
  public List<Artifact> ofIncident(Tx tx, String incidentId) {
    return sql(tx).ofIncident(incidentId);
  }

  @Override
  public List<Artifact> first(Tx tx, String incidentId, int limit) {
    return sql(tx).first(incidentId, limit);
  }

  @Override
  public List<Artifact> first(Tx tx, String incidentId, String runId, int limit) {
    return sql(tx).first(incidentId, runId, limit);
  }

  private static ArtifactSql sql(Tx tx) {
    return StoreTx.sql(tx, ArtifactSql.class);
  }
}
