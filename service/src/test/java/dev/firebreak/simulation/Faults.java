package dev.firebreak.simulation;

/**
 * How hostile a world is.
 *
 * @param nodes how many processes run at once
 * @param crashes how often, in percent, a process is born to die
 * @param badCommitOneIn one commit in so many goes wrong; 0 for none
 * @param outages how often the database is down
 * @param lies how often, in percent, an action says something that is not so
 * @param hangs how often, in percent, an action takes long or does not answer
 * @param freezes how often a process stands still for a while
 */
record Faults(
    int nodes, int crashes, int badCommitOneIn, int outages, int lies, int hangs, int freezes) {
  /** Two nodes, and nothing goes wrong by itself. */
  static final Faults NONE = new Faults(2, 0, 0, 0, 0, 0, 0);

  static Faults of(Dice dice) {
    return new Faults(
        dice.of(1, 2, 2, 3),
        dice.of(0, 50, 100),
        dice.of(0, 0, 40, 10),
        dice.of(0, 0, 1),
        dice.of(0, 0, 10),
        dice.of(0, 10, 40),
        dice.of(0, 0, 1, 4));
  }
}
