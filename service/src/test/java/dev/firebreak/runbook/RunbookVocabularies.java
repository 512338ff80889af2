package dev.firebreak.runbook;

/** The actions a shipped runbook may call, for tests of other rooms. */
public final class RunbookVocabularies {
  private RunbookVocabularies() {}

  /** What a configured service offers. */
  public static ActionVocabulary real() {
    return new ShippedRunbooksTest.RealActions();
  }
}
