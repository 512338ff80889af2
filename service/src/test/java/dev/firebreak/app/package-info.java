/**
 * The whole service, driven from outside as a process of its own. What it did is judged by the
 * other side: the programs it acted on, their logs, and its HTTP interface. Every process that a
 * test starts it also ends.
 */
@NullMarked
package dev.firebreak.app;

import org.jspecify.annotations.NullMarked;
