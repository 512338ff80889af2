@NullMarked
package dev.firebreak.run;

import org.jspecify.annotations.NullMarked;
