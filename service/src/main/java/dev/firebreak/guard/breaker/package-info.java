/**
 * Circuit breakers: what did not help again and again is not tried again and again, and many
 * targets that alarm at once make the observer suspect. A breaker is opened by what is on record,
 * stays open over restarts and for all nodes, and people can close it. Begin with {@link
 * dev.firebreak.guard.breaker.BreakerGuard}.
 */
@NullMarked
package dev.firebreak.guard.breaker;

import org.jspecify.annotations.NullMarked;
