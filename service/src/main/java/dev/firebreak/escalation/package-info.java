/**
 * Calling humans along a chain until somebody acknowledges. It knows channels by name only; the
 * messages go out through the outbox. Begin with {@link dev.firebreak.escalation.Escalation}.
 */
@NullMarked
package dev.firebreak.escalation;

import org.jspecify.annotations.NullMarked;
