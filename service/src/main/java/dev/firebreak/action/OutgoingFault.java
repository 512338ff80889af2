package dev.firebreak.action;

import dev.firebreak.core.Reason;

/** A request that got no answer. */
public final class OutgoingFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Reason reason;
  private final boolean sent;
  private final boolean retryable;

  OutgoingFault(Reason reason, boolean sent, boolean retryable) {
    super(reason.text());
    this.reason = reason;
    this.sent = sent;
    this.retryable = retryable;
  }

  /** What went wrong, without secrets. */
  public Reason reason() {
    return reason;
  }

  /** Whether the server may have got the request, or a part of it. */
  public boolean sent() {
    return sent;
  }

  /** How the attempt ended: unknown when it was a change that may have happened. */
  public Outcome asOutcome(boolean changing) {
    return changing && sent ? new Outcome.Unknown(reason) : new Outcome.Failed(reason, retryable);
  }
}
