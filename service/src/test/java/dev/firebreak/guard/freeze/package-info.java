/** Tests of freezes. */
@NullMarked
package dev.firebreak.guard.freeze;

import org.jspecify.annotations.NullMarked;
