package dev.firebreak.api;

import dev.firebreak.run.Artifact;

/**
 * Evidence.
 *
 * @param truncated whether there was more than was kept
 * @param content where its bytes are
 */
@Wire
record ArtifactDoc(
    String id,
    String incident,
    String run,
    String step,
    String name,
    String mediaType,
    long size,
    String sha256,
    boolean truncated,
    String createdAt,
    String content) {
  static ArtifactDoc of(Artifact artifact) {
    return new ArtifactDoc(
        artifact.id(),
        artifact.incidentId(),
        artifact.runId(),
        artifact.stepId(),
        artifact.name(),
        artifact.mediaType(),
        artifact.size(),
        artifact.sha256(),
        artifact.truncated(),
        Times.text(artifact.createdAt()),
        "/artifacts/" + artifact.id());
  }
}
