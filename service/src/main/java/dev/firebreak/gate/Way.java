package dev.firebreak.gate;

/** How a word to a gate came in. The same checks are made of each. */
public enum Way {
  /** The page of a signed-in person. */
  CONSOLE("in the console"),
  /** A token, also that of the command line. */
  API("by the API"),
  /** The page behind a link that was sent to this person alone. */
  LINK("by a mailed link"),
  /** A signed message of a chat. */
  BUTTON("by a button");

  private final String words;

  Way(String words) {
    this.words = words;
  }

  /** As a sentence has it: {@code by the API}. */
  public String inWords() {
    return words;
  }
}
