/**
 * Policies: rules of the operator over every change, in files of their own, with tests beside them.
 * It knows the change that is asked about, and neither acts nor looks at a clock. Begin with {@link
 * dev.firebreak.guard.policy.Policy}.
 */
@NullMarked
package dev.firebreak.guard.policy;

import org.jspecify.annotations.NullMarked;
