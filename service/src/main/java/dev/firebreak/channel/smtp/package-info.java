/**
 * Mail by SMTP. It knows its parent room and Jakarta Mail. Begin with {@link
 * dev.firebreak.channel.smtp.SmtpSettings}.
 */
@NullMarked
package dev.firebreak.channel.smtp;

import org.jspecify.annotations.NullMarked;
