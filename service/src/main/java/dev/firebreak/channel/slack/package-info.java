/**
 * Incoming webhooks of Slack, and of what understands the same (Mattermost, Rocket.Chat). It knows
 * its parent room only. Begin with {@link dev.firebreak.channel.slack.SlackSettings}.
 */
@NullMarked
package dev.firebreak.channel.slack;

import org.jspecify.annotations.NullMarked;
