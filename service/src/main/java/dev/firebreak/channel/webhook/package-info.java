/**
 * Webhooks signed as the Standard Webhooks specification says. It knows its parent room only. Begin
 * with {@link dev.firebreak.channel.webhook.WebhookSettings}.
 */
@NullMarked
package dev.firebreak.channel.webhook;

import org.jspecify.annotations.NullMarked;
