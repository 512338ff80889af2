@NullMarked
package dev.firebreak.action.waiting;

import org.jspecify.annotations.NullMarked;
