/**
 * Asks a server over HTTP, or tells it to do something. It knows the contract of actions and
 * nothing of runs. Begin with the class whose name ends in {@code Action}: it is the action.
 */
@NullMarked
package dev.firebreak.action.http;

import org.jspecify.annotations.NullMarked;
