/**
 * Speaking to people: one leaf for each way. It knows {@code core}; not runs, and not who is told
 * what. Begin with {@link dev.firebreak.channel.Channel}.
 */
@NullMarked
package dev.firebreak.channel;

import org.jspecify.annotations.NullMarked;
