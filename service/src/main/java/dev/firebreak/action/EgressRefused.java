package dev.firebreak.action;

import java.io.IOException;

/** A connection that the configuration does not allow; nothing was sent. */
public final class EgressRefused extends IOException {
  private static final long serialVersionUID = 1L;

  EgressRefused(String message) {
    super(message);
  }
}
