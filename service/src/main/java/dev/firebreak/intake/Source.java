package dev.firebreak.intake;

import dev.firebreak.alert.AlertParser;
import dev.firebreak.alert.Headers;
import dev.firebreak.alert.Parsed;
import dev.firebreak.alert.UnreadableBody;
import dev.firebreak.alert.alertmanager.AlertmanagerParser;
import dev.firebreak.alert.generic.GenericParser;
import dev.firebreak.core.Secrets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A configured sender, ready to check and read what it sends. Immutable and thread-safe. */
public final class Source {
  private final SourceSettings settings;
  private final Proof proof;
  private final AlertParser parser;

  /**
   * Prepares a source.
   *
   * @throws IllegalArgumentException when its mapping does not compile
   */
  Source(SourceSettings settings, Secrets secrets) {
    this.settings = settings;
    this.proof = Proof.of(settings.auth(), secrets);
    this.parser =
        settings.mapping() == null
            ? new AlertmanagerParser(settings.name(), settings.alerts())
            : new GenericParser(
                settings.name(), settings.alerts(), Objects.requireNonNull(settings.mapping()));
  }

  public String name() {
    return settings.name();
  }

  /** The largest body it may send, in bytes. */
  public int maxBytes() {
    return settings.bytes();
  }

  /**
   * Everything that can be checked before a byte of the body is read.
   *
   * @param mediaType as sent, null when it was not
   * @param length the announced length in bytes, negative when it was not announced
   * @param loopback whether the request came over the loopback interface
   * @throws IntakeRefused when it is not taken in
   */
  public void beforeBody(
      Headers headers, @Nullable String mediaType, long length, boolean loopback) {
    proof.beforeBody(headers, loopback);
    if (!accepts(mediaType)) {
      throw new IntakeRefused(
          IntakeRefused.Kind.MEDIA_TYPE,
          "source '"
              + name()
              + "' takes application/json"
              + (settings.plainText() ? " or text/plain" : ""));
    }
    if (length > maxBytes()) {
      throw tooLarge();
    }
  }

  /** The refusal of a body that is larger than {@link #maxBytes}. */
  public IntakeRefused tooLarge() {
    return new IntakeRefused(
        IntakeRefused.Kind.TOO_LARGE,
        "source '"
            + name()
            + "' may send "
            + maxBytes()
            + " bytes at once, after inflating: send smaller groups, or raise its maxBytes");
  }

  private boolean accepts(@Nullable String mediaType) {
    if (mediaType == null) {
      return false;
    }
    String[] parts = mediaType.toLowerCase(Locale.ROOT).split(";");
    String type = parts.length == 0 ? "" : parts[0].strip();
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return type.equals("application/json")
        || type.equals("text/json")
        || type.matches("application/[a-z0-9.!#$&^_-]+\\+json")
        || settings.plainText() && type.equals("text/plain");
  }

  /** Checks what needs the body: its size and its signature. */
  void withBody(Headers headers, byte[] body, Instant now) {
    if (body.length > maxBytes()) {
      throw tooLarge();
    }
    proof.withBody(headers, body, now);
  }

  /** Reads a body; refuses one none of whose alerts can be used. */
  Parsed parse(byte[] body, Headers headers, Instant now) {
    try {
      return usable(parser.parse(body, headers, now));
    } catch (UnreadableBody e) {
      boolean many = e.kind() == UnreadableBody.Kind.TOO_MANY;
      throw new IntakeRefused(
          many ? IntakeRefused.Kind.TOO_LARGE : IntakeRefused.Kind.UNREADABLE,
          String.valueOf(e.getMessage()));
    }
  }

  private static Parsed usable(Parsed parsed) {
    for (Parsed.Item item : parsed.items()) {
      if (item instanceof Parsed.Read) {
        return parsed;
      }
    }
    if (!parsed.items().isEmpty() && parsed.items().getFirst() instanceof Parsed.Faulty faulty) {
      int others = parsed.items().size() - 1;
      throw UnreadableBody.malformed(
          faulty.reason() + (others == 0 ? "" : " (and so are the " + others + " others)"));
    }
    return parsed;
  }
}
