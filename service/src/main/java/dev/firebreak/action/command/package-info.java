/**
 * Runs a program without a shell, in a clean environment and a process group of its own. It knows
 * the contract of actions and nothing of runs. Begin with the class whose name ends in {@code
 * Action}: it is the action.
 */
@NullMarked
package dev.firebreak.action.command;

import org.jspecify.annotations.NullMarked;
