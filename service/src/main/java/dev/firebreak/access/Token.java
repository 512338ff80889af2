package dev.firebreak.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named token; what it was is not kept, only its SHA-256.
 *
 * @param id {@code tok_…}
 * @param name the person or machine
 * @param hash SHA-256 of the secret, hex
 * @param roles what it may do
 * @param createdAt when
 * @param createdBy whose word
 * @param expiresAt null for never
 * @param revokedAt null while in force
 */
public record Token(
    String id,
    String name,
    String hash,
    Set<Role> roles,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {
  public Token {
    roles = Set.copyOf(roles);
  }
}
