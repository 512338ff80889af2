/**
 * Tickets in Redmine (5.0 and later) by its REST interface. It knows its parent, OkHttp and
 * Jackson. Begin with {@link dev.firebreak.ticket.redmine.RedmineSettings}.
 */
@NullMarked
package dev.firebreak.ticket.redmine;

import org.jspecify.annotations.NullMarked;
