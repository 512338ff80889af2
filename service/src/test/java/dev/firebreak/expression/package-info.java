@NullMarked
package dev.firebreak.expression;

import org.jspecify.annotations.NullMarked;
