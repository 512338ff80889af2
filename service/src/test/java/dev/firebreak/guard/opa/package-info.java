@NullMarked
package dev.firebreak.guard.opa;

import org.jspecify.annotations.NullMarked;
