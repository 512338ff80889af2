/**
 * Tickets as folders of Markdown with attachments: the default that needs nothing. It knows its
 * parent and the file system. Begin with {@link dev.firebreak.ticket.file.FileSettings}.
 */
@NullMarked
package dev.firebreak.ticket.file;

import org.jspecify.annotations.NullMarked;
