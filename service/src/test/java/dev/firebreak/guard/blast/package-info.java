/** Tests of groups. */
@NullMarked
package dev.firebreak.guard.blast;

import org.jspecify.annotations.NullMarked;
