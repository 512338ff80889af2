@NullMarked
package dev.firebreak.store;

import org.jspecify.annotations.NullMarked;
