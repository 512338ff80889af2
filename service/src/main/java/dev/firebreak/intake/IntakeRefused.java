package dev.firebreak.intake;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that is not taken in. Nothing was stored. The message is for the sender's operator. */
public final class IntakeRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why, for status codes and metric labels. */
  public enum Kind {
    /** There is no such source. */
    UNKNOWN_SOURCE,
    /** The proof is missing or wrong. */
    UNAUTHENTICATED,
    /** The body is not called JSON. */
    MEDIA_TYPE,
    /** More bytes or more alerts than the source may send. */
    TOO_LARGE,
    /** The body is not what it should be. */
    UNREADABLE,
    /** A secret of ours is missing: the sender should try again. */
    UNAVAILABLE,
    /** There is no such delivery to replay. */
    UNKNOWN_DELIVERY
  }

  private final Kind kind;
  private final @Nullable String challenge;

  IntakeRefused(Kind kind, String message) {
    this(kind, message, null);
  }

  IntakeRefused(Kind kind, String message, @Nullable String challenge) {
    super(message, null, false, false);
    this.kind = kind;
    this.challenge = challenge;
  }

  public Kind kind() {
    return kind;
  }

  /** What {@code WWW-Authenticate} should say, for {@link Kind#UNAUTHENTICATED}. */
  public Optional<String> challenge() {
    return Optional.ofNullable(challenge);
  }
}
