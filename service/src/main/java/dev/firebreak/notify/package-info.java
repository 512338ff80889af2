/** Telling people in channels: the action, and the courier that renders and sends. */
@NullMarked
package dev.firebreak.notify;

import org.jspecify.annotations.NullMarked;
