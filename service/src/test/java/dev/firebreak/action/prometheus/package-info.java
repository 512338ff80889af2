@NullMarked
package dev.firebreak.action.prometheus;

import org.jspecify.annotations.NullMarked;
