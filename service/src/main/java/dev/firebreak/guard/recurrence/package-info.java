/**
 * What comes back: an alert that fires and resolves again and again goes to a human, and a fix that
 * is made to the same target again and again is reported as a hidden cause. It reads alerts and
 * committed intents. Begin with {@link dev.firebreak.guard.recurrence.FlappingGuard} and {@link
 * dev.firebreak.guard.recurrence.Repetitions}.
 */
@NullMarked
package dev.firebreak.guard.recurrence;

import org.jspecify.annotations.NullMarked;
