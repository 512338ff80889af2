package dev.firebreak.guard;

/** Whom gates ask when the runbook names nobody. */
public final class Approvers {
  /** Everybody with the role approver. */
  public static final String ANYONE = "@approvers";

  private Approvers() {}
}
