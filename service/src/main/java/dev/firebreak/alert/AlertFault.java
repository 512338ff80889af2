package dev.firebreak.alert;

/** One alert of a delivery cannot be read; its neighbours can. The message names the field. */
public final class AlertFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AlertFault(String message) {
    super(message, null, false, false);
  }
}
