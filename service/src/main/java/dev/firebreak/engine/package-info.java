/**
 * Executes runs: gathers facts, asks the guards, commits, performs. The only room that gives
 * orders.
 */
@NullMarked
package dev.firebreak.engine;

import org.jspecify.annotations.NullMarked;
