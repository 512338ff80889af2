/**
 * Microsoft Teams, by the webhook of a workflow. It knows its parent room only. Begin with {@link
 * dev.firebreak.channel.teams.TeamsSettings}.
 */
@NullMarked
package dev.firebreak.channel.teams;

import org.jspecify.annotations.NullMarked;
