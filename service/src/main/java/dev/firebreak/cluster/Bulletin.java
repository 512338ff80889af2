package dev.firebreak.cluster;

import java.util.function.Consumer;

/**
 * Words between nodes: quick, and not certain to arrive. Whoever listens also looks by itself from
 * time to time. Thread-safe.
 */
public interface Bulletin {
  /** What a word is about. */
  enum Kind {
    /** Something was added to an incident's record; the id is the incident's. */
    INCIDENT,
    /** A letter lies there for a run; the id is the run's. */
    MAIL,
    /** The halt switch was set. */
    AUTOMATION,
    /** Words may have been missed: look at everything. */
    MISSED
  }

  /** A word, of {@code kind}, about {@code id}, which may be empty. */
  record Word(Kind kind, String id) {}

  /** Says a word to every other node, soon; never waits, and never fails. */
  void tell(Word word);

  /**
   * Calls {@code listener} with what other nodes say, on a thread that nothing else needs: it must
   * be short.
   */
  void listen(Consumer<Word> listener);

  /** Nobody is there. */
  Bulletin NONE =
      new Bulletin() {
        @Override
        public void tell(Word word) {}

        @Override
        public void listen(Consumer<Word> listener) {}
      };
}
