/**
 * What must reach the outside, kept until it has: messages committed with the state they speak of,
 * carried by couriers, tried again until delivered or given up by name. It knows {@code core} only.
 * Begin with {@link dev.firebreak.outbox.Dispatcher}.
 */
@NullMarked
package dev.firebreak.outbox;

import org.jspecify.annotations.NullMarked;
