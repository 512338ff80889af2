package dev.firebreak.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of an incident's record.
 *
 * @param incidentId whose record
 * @param sequence from 1, without gaps
 * @param at when it happened, to the microsecond
 * @param actor {@link dev.firebreak.core.Actor#asText}
 * @param kind dotted: {@code step.succeeded}, {@code gate.approved}
 * @param runId the run it concerns, or null
 * @param stepId the step it concerns, or null
 * @param text one sentence for humans
 * @param data JSON text of an object with what machines need; {@code {}} for nothing
 * @param hash SHA-256 over the hash before and everything above, hex
 */
public record JournalEntry(
    String incidentId,
    long sequence,
    Instant at,
    String actor,
    String kind,
    @Nullable String runId,
    @Nullable String stepId,
    String text,
    String data,
    String hash) {
  /** The hash before the first entry. */
  public static final String GENESIS = "0".repeat(64);

  /**
   * What somebody wants on the record.
   *
   * @param data JSON values only
   */
  public record Note(
      String incidentId,
      Instant at,
      String actor,
      String kind,
      @Nullable String runId,
      @Nullable String stepId,
      String text,
      Map<String, Object> data) {}

  /** Chains a note to the record. */
  public static JournalEntry chain(Note note, long sequence, String data, String before) {
    Instant at = note.at().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    JournalEntry open =
        new JournalEntry(
            note.incidentId(),
            sequence,
            at,
            note.actor(),
            note.kind(),
            note.runId(),
            note.stepId(),
            note.text(),
            data,
            "");
    return new JournalEntry(
        open.incidentId,
        sequence,
        at,
        open.actor,
        open.kind,
        open.runId,
        open.stepId,
        open.text,
        data,
        open.hashAfter(before));
  }

  /** The hash this entry must have after the one before it. */
  public String hashAfter(String before) {
    MessageDigest digest = sha256();
    for (String part :
        new @Nullable String[] {
          before,
          incidentId,
          Long.toString(sequence),
          at.toString(),
          actor,
          kind,
          runId,
          stepId,
          text,
          data
        }) {
      byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
      digest.update(
          Integer.toString(part == null ? -1 : bytes.length).getBytes(StandardCharsets.UTF_8));
      digest.update((byte) ':');
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
