/**
 * Freezes: times in which no change is made, or only one that people allow or that waits. It knows
 * calendars and the change that is asked about, and neither acts nor looks at a clock. Begin with
 * {@link dev.firebreak.guard.freeze.Freeze}.
 */
@NullMarked
package dev.firebreak.guard.freeze;

import org.jspecify.annotations.NullMarked;
