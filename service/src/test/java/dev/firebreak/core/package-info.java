/** Tests of the shared values. */
@NullMarked
package dev.firebreak.core;

import org.jspecify.annotations.NullMarked;
