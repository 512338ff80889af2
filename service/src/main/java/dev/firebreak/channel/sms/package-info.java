/**
 * Short messages, by an HTTP interface shaped like Twilio's. It knows its parent room only. Begin
 * with {@link dev.firebreak.channel.sms.SmsSettings}.
 */
@NullMarked
package dev.firebreak.channel.sms;

import org.jspecify.annotations.NullMarked;
