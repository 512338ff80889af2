/**
 * Rules that stand outside: an Open Policy Agent is asked by HTTP before a change, and whatever it
 * does not clearly allow is refused or asked about. It knows the guards' types and one HTTP client,
 * and never waits inside a transaction. Begin with {@link dev.firebreak.guard.opa.OpaGuard}.
 */
@NullMarked
package dev.firebreak.guard.opa;

import org.jspecify.annotations.NullMarked;
