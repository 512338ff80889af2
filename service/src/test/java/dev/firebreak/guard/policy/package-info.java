/** Tests of policies. */
@NullMarked
package dev.firebreak.guard.policy;

import org.jspecify.annotations.NullMarked;
