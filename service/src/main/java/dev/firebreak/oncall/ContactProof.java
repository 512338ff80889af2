package dev.firebreak.oncall;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one contact of a person: whether something sent to it was seen by them.
 *
 * @param id {@link #id}: another address is another id
 * @param code what was sent and is awaited, or null
 * @param provenAt when the person showed that they had it, or null
 * @param provenBy who entered it, or null
 */
public record ContactProof(
    String id,
    String person,
    @Nullable Code code,
    @Nullable Instant provenAt,
    @Nullable String provenBy) {
  private static final int ID_LENGTH = 32;

  /**
   * A code on its way.
   *
   * @param hash of the code, never the code itself
   * @param tries how often something else was entered
   */
  public record Code(String hash, Instant sentAt, int tries) {}

  /** Nothing is known of this contact yet. */
  public static ContactProof none(String person, Contact contact) {
    return new ContactProof(id(person, contact), person, null, null, null);
  }

  /** What stands for a contact of a person: hexadecimal digits, different for another address. */
  public static String id(String person, Contact contact) {
    String all = String.join("\n", person, contact.channel(), String.valueOf(contact.to()));
    return hash(all).substring(0, ID_LENGTH);
  }

  /** SHA-256 in hexadecimal digits. */
  public static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The same, awaiting this code; null for none. */
  public ContactProof awaiting(@Nullable Code next) {
    return new ContactProof(id, person, next, provenAt, provenBy);
  }

  /** The same, proven. */
  public ContactProof proven(Instant at, String by) {
    return new ContactProof(id, person, null, at, by);
  }
}
