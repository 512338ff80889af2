package dev.firebreak.engine;

import dev.firebreak.action.Evidence;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Artifacts;
import dev.firebreak.run.Run;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Task;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Keeps what an attempt brought: artifacts the runbook asks for, messages that must go out. */
final class Evidences {
  private final Artifacts artifacts;
  private final Outbox outbox;
  private final Notes notes;
  private final Ids ids;

  Evidences(Artifacts artifacts, Outbox outbox, Notes notes, Ids ids) {
    this.artifacts = artifacts;
    this.outbox = outbox;
    this.notes = notes;
    this.ids = ids;
  }

  void keep(Tx tx, Run run, Runbook runbook, String step, Outcome outcome, Instant now) {
    Optional<String> name = name(runbook, step);
    if (name.isPresent()) {
      for (int i = 0; i < outcome.evidence().size(); i++) {
        Evidence found = outcome.evidence().get(i);
        keep(tx, run, step, i == 0 ? name.get() : step + "-" + found.name(), found, now);
      }
    }
    if (outcome instanceof Outcome.Succeeded ok) {
      ok.messages().forEach(message -> outbox.add(tx, message, run.incidentId(), now));
    }
  }

  /** What is found of an item is kept under its number. */
  private static Optional<String> name(Runbook runbook, String step) {
    Address address = Address.of(step);
    String number = address.ofItem() ? address.item() + "-" : "";
    return runbook.task(step).map(Task::artifact).map(name -> number + name);
  }

  private void keep(Tx tx, Run run, String step, String name, Evidence found, Instant now) {
    Artifact artifact =
        new Artifact(
            ids.next("art"),
            run.incidentId(),
            run.id(),
            step,
            name,
            found.mediaType(),
            found.content().length,
            sha256(found.content()),
            found.truncated(),
            now);
    artifacts.add(tx, artifact, found.content());
    notes.step(
        tx,
        run,
        step,
        now,
        Actor.ENGINE,
        "artifact.kept",
        "kept %s (%d bytes%s)"
            .formatted(name, artifact.size(), artifact.truncated() ? ", truncated" : ""),
        Map.of(
            "artifact", artifact.id(),
            "name", name,
            "size", artifact.size(),
            "sha256", artifact.sha256(),
            "truncated", artifact.truncated()));
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
