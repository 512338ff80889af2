/**
 * The whole service as processes of its own on real databases, while processes die or stand still,
 * connections are cut, disks fill up and clocks jump. What it did is judged by the log of the
 * target it acted on, and by what it acknowledged. Begin with {@code Site} and {@code Judge}.
 */
@NullMarked
package dev.firebreak.faults;

import org.jspecify.annotations.NullMarked;
