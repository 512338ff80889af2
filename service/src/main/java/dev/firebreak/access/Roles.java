package dev.firebreak.access;

/** The names of the {@link Role}s, as annotations need them: each equals {@link Role#asText}. */
public final class Roles {
  public static final String VIEWER = "viewer";
  public static final String RESPONDER = "responder";
  public static final String APPROVER = "approver";
  public static final String ADMIN = "admin";

  private Roles() {}
}
