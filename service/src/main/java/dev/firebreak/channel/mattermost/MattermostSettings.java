package dev.firebreak.channel.mattermost;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelParts;
import dev.firebreak.channel.ChannelSettings;
import dev.firebreak.channel.Posting;
import dev.firebreak.channel.Words;
import dev.firebreak.core.SecretRef;
import org.jspecify.annotations.Nullable;

/**
 * {@code type: mattermost}.
 *
 * @param url the incoming webhook's address, which is a secret: {@code {env: NAME}} or {@code
 *     {file: path}}
 * @param channel another channel than the webhook's own: its name as in its address, or {@code
 *     @person}; null for the webhook's own
 * @param username who it seems to come from, where the server allows it; null for the webhook's own
 * @param allowHttp whether an address without TLS is accepted; false when not given
 * @param timeout bound of one try, 1s to 20s; 10s when not given
 */
@JsonTypeName("mattermost")
public record MattermostSettings(
    @Nullable SecretRef url,
    @Nullable String channel,
    @Nullable String username,
    @Nullable Boolean allowHttp,
    @Nullable String timeout)
    implements ChannelSettings {
  @Override
  public Channel build(String name, ChannelParts parts) {
    if (channel != null && !channel.matches("@?[a-z0-9._-]{1,64}")) {
      throw Words.wrong(
          name,
          "channel",
          "'%s' must be as in the channel's address: town-square, or @person"
              .formatted(Words.line(channel, 80)));
    }
    Posting posting =
        new Posting(
            name,
            parts,
            Words.needed(name, "url", url),
            Boolean.TRUE.equals(allowHttp),
            Words.timeout(name, timeout));
    return new MattermostChannel(name, posting, channel, username, parts.json());
  }
}
