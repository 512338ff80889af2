@NullMarked
package dev.firebreak.action;

import org.jspecify.annotations.NullMarked;
