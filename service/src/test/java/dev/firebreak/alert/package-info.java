@NullMarked
package dev.firebreak.alert;

import org.jspecify.annotations.NullMarked;
