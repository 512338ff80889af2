/**
 * How much of a group of targets may be under repair at once. Knows the locks and intents of {@link
 * dev.firebreak.guard}, and no runbook. Begin at {@link dev.firebreak.guard.blast.BlastGuard}.
 */
@NullMarked
package dev.firebreak.guard.blast;

import org.jspecify.annotations.NullMarked;
