/** Counters, health checks and log context, as listeners; it changes nothing. */
@NullMarked
package dev.firebreak.observe;

import org.jspecify.annotations.NullMarked;
