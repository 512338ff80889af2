package dev.firebreak.runbook;

/** What follows when a step of a rung has failed for good. */
public sealed interface OnFailure {
  /** The rung fails: nothing new begins in it, and what was done is undone. */
  record Stop() implements OnFailure {}

  /** The rung goes on as if it had not been needed. */
  record Continue() implements OnFailure {}

  /**
   * Another step stands in for it.
   *
   * @param step its id; it runs only when a step that names it failed
   */
  record Instead(String step) implements OnFailure {}
}
