@NullMarked
package dev.firebreak.demo;

import org.jspecify.annotations.NullMarked;
