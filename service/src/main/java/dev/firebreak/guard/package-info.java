/**
 * What can refuse or hold a change: halt switch, scope, the alert itself, locks, limits, cool-down.
 * It decides; it does not act, and asks the time of nobody. Begin with {@link
 * dev.firebreak.guard.Decision}.
 */
@NullMarked
package dev.firebreak.guard;

import org.jspecify.annotations.NullMarked;
