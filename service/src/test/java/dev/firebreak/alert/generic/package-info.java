@NullMarked
package dev.firebreak.alert.generic;

import org.jspecify.annotations.NullMarked;
