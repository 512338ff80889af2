/**
 * Storm mode: when the whole system changes more than it usually does, every change asks a human
 * first. It counts committed intents and sets the halt switch; it neither acts nor looks at a
 * clock. Begin with {@link dev.firebreak.guard.storm.StormGuard}.
 */
@NullMarked
package dev.firebreak.guard.storm;

import org.jspecify.annotations.NullMarked;
