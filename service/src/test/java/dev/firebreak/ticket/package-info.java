/** Tests of tickets. */
@org.jspecify.annotations.NullMarked
package dev.firebreak.ticket;
