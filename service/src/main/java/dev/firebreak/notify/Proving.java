package dev.firebreak.notify;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.notify.ContactDesk.Standing;
import dev.firebreak.oncall.ContactProof;
import dev.firebreak.run.JournalEntry.Note;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Codes that were sent and come back, within a transaction. A refusal is a value: a wrong code is
 * counted, so it is committed. Thread-safe.
 */
final class Proving {
  /** How long after one code no other is sent to the same contact. */
  static final Duration REST = Duration.ofMinutes(1);

  /** How many wrong codes end a code. */
  static final int MOST_TRIES = 5;

  private static final String SITE = "site";

  private final ContactDesk.Parts parts;

  Proving(ContactDesk.Parts parts) {
    this.parts = parts;
  }

  /** Why a code may not be sent; empty once it is awaited. */
  Optional<String> sent(Tx tx, Standing to, ContactProof.Code next, Actor by) {
    ContactProof held = parts.proofs().hold(tx, ContactProof.none(to.person(), to.contact()));
    ContactProof.Code last = held.code();
    if (last != null && next.sentAt().isBefore(last.sentAt().plus(REST))) {
      return Optional.of(
          "a code was sent there at %s; another one may be sent a minute after it"
              .formatted(last.sentAt()));
    }
    parts.proofs().save(tx, held.awaiting(next));
    String text = "has a code sent to %s of %s".formatted(to.contact().shown(), to.person());
    record(tx, by, "contact.code-sent", text, to, next.sentAt());
    return Optional.empty();
  }

  /** Why not; a wrong one is counted, so it must be committed. */
  Optional<String> entered(Tx tx, Standing contact, String given, Actor by, Instant now) {
    ContactProof held =
        parts.proofs().hold(tx, ContactProof.none(contact.person(), contact.contact()));
    ContactProof.Code code = held.code();
    if (code == null || !now.isBefore(code.sentAt().plus(ContactDesk.VALID))) {
      return Optional.of("no code is awaited there: have one sent, and enter it within 30 minutes");
    }
    if (!same(code.hash(), hash(held.id(), given))) {
      return Optional.of(wrong(tx, held, code));
    }
    parts.proofs().save(tx, held.proven(now, by.asText()));
    String text =
        "%s of %s reaches them: the code came back"
            .formatted(contact.contact().shown(), contact.person());
    record(tx, by, "contact.verified", text, contact, now);
    return Optional.empty();
  }

  private String wrong(Tx tx, ContactProof held, ContactProof.Code code) {
    int tries = code.tries() + 1;
    ContactProof.Code next =
        tries < MOST_TRIES ? new ContactProof.Code(code.hash(), code.sentAt(), tries) : null;
    parts.proofs().save(tx, held.awaiting(next));
    return next == null
        ? "this is not the code, and it was the last try: have another one sent"
        : "this is not the code that was sent there; %d tries are left"
            .formatted(MOST_TRIES - tries);
  }

  private void record(Tx tx, Actor by, String kind, String text, Standing contact, Instant at) {
    Map<String, Object> data = Map.of("contact", contact.id(), "person", contact.person());
    var unused =
        parts.journal().append(tx, new Note(SITE, at, by.asText(), kind, null, null, text, data));
  }

  static String hash(String id, String code) {
    return ContactProof.hash(id + ":" + code.replace("-", ""));
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
