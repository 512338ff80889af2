/** Tests of tickets in folders. */
@org.jspecify.annotations.NullMarked
package dev.firebreak.ticket.file;
