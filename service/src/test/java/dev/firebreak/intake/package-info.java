@NullMarked
package dev.firebreak.intake;

import org.jspecify.annotations.NullMarked;
