/** Tests of tickets in Redmine. */
@org.jspecify.annotations.NullMarked
package dev.firebreak.ticket.redmine;
