/**
 * Several nodes on one database: who is alive, whose turn it is to act, and how nodes tell one
 * another what happened. It knows {@code run} and {@code core}; neither engine, SQL nor sockets.
 * Begin with {@link dev.firebreak.cluster.Membership}.
 */
@NullMarked
package dev.firebreak.cluster;

import org.jspecify.annotations.NullMarked;
