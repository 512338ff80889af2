@NullMarked
package dev.firebreak.architecture;

import org.jspecify.annotations.NullMarked;
