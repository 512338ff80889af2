@NullMarked
package dev.firebreak.schedule;

import org.jspecify.annotations.NullMarked;
