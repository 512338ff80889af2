/**
 * Asks whether something listens on a TCP port. It knows the contract of actions and nothing of
 * runs. Begin with the class whose name ends in {@code Action}: it is the action.
 */
@NullMarked
package dev.firebreak.action.tcp;

import org.jspecify.annotations.NullMarked;
