@NullMarked
package dev.firebreak.engine;

import org.jspecify.annotations.NullMarked;
