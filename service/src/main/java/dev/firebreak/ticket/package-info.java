/**
 * Opening and updating tickets: find before create, attach, note, read back. One leaf for each
 * ticket system. Begin with {@link dev.firebreak.ticket.TicketSystem}.
 */
@NullMarked
package dev.firebreak.ticket;

import org.jspecify.annotations.NullMarked;
