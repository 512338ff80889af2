package dev.firebreak.demo;

/** Something did not go as it should. */
final class DemoFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoFailed(String what) {
    super(what);
  }
}
