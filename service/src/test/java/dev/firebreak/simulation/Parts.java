package dev.firebreak.simulation;

/**
 * What a world has besides the plain things, decided by chance of its own: where a part is missing,
 * the world is as it would be if the part had never been thought of.
 *
 * @param patient runbooks wait, are sent signals, and call others
 * @param webhooks alerts come as webhooks, often twice, in any order and to any node
 * @param carriers what must reach the outside is carried there
 * @param skew how far the clock of a node may be off, in seconds
 */
record Parts(boolean patient, boolean webhooks, boolean carriers, int skew) {
  static final Parts NONE = new Parts(false, false, false, 0);

  static Parts of(Dice dice) {
    return new Parts(dice.oneIn(2), dice.oneIn(2), dice.oneIn(2), dice.of(0, 0, 5, 45));
  }
}
