/**
 * Times that come again, as RFC 5545 writes them: spans, rules of repetition, calendar files. It
 * knows the JDK only, and no clock: the moment is always given. Begin with {@link
 * dev.firebreak.calendar.Span}, or with {@link dev.firebreak.calendar.CalendarFile} for files.
 */
@NullMarked
package dev.firebreak.calendar;

import org.jspecify.annotations.NullMarked;
