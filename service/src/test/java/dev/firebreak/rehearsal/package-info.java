@NullMarked
package dev.firebreak.rehearsal;

import org.jspecify.annotations.NullMarked;
