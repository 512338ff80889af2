/**
 * Prints notices where the service runs: for the demo, and as a channel that always works. It knows
 * its parent room only. Begin with {@link dev.firebreak.channel.console.ConsoleSettings}.
 */
@NullMarked
package dev.firebreak.channel.console;

import org.jspecify.annotations.NullMarked;
