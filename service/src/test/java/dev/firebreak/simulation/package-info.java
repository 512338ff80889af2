/**
 * The engine in a world of its own: virtual time, a seeded scheduler, a store in memory that fails,
 * actions that lie and processes that crash. It may know every room but those of the outside. Begin
 * with {@link dev.firebreak.simulation.World}.
 */
@NullMarked
package dev.firebreak.simulation;

import org.jspecify.annotations.NullMarked;
