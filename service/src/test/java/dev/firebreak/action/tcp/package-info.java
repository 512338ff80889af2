@NullMarked
package dev.firebreak.action.tcp;

import org.jspecify.annotations.NullMarked;
