/**
 * Turns the crank: Quartz and the timer thread call the turns of other rooms; no rule lives here.
 */
@NullMarked
package dev.firebreak.schedule;

import org.jspecify.annotations.NullMarked;
