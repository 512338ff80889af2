package dev.firebreak.simulation;

/** The process is gone at this very instruction; nobody may catch it but the simulator. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash() {
    super("the process died", null, false, false);
  }
}
