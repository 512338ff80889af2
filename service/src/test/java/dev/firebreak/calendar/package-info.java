/** Tests of spans and calendar files. */
@NullMarked
package dev.firebreak.calendar;

import org.jspecify.annotations.NullMarked;
