/**
 * Incoming webhooks of Mattermost. It knows its parent room only. Begin with {@link
 * dev.firebreak.channel.mattermost.MattermostSettings}.
 */
@NullMarked
package dev.firebreak.channel.mattermost;

import org.jspecify.annotations.NullMarked;
