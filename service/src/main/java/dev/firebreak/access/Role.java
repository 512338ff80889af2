package dev.firebreak.access;

import java.util.Locale;

/** What a token may do; each role may do what the ones before it may. */
public enum Role {
  /** Sees everything. */
  VIEWER,
  /** Acknowledges, adds notes, cancels, pauses, resumes, answers for steps, starts runs, halts. */
  RESPONDER,
  /** Approves and rejects changes, where the gate names them. */
  APPROVER,
  /** Issues tokens; switches automation on again. */
  ADMIN;

  /** {@code viewer}, as tokens and configuration write it. */
  public String asText() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a role.
   *
   * @throws IllegalArgumentException naming the roles there are
   */
  public static Role parse(String text) {
    for (Role role : values()) {
      if (role.asText().equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "unknown role '" + text + "': one of viewer, responder, approver, admin");
  }
}
