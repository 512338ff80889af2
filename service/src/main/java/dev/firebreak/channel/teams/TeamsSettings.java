package dev.firebreak.channel.teams;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelParts;
import dev.firebreak.channel.ChannelSettings;
import dev.firebreak.channel.Posting;
import dev.firebreak.channel.Words;
import dev.firebreak.core.SecretRef;
import org.jspecify.annotations.Nullable;

/**
 * {@code type: teams}.
 *
 * @param url the address of the workflow's webhook, which is a secret: {@code {env: NAME}} or
 *     {@code {file: path}}
 * @param allowHttp whether an address without TLS is accepted; false when not given
 * @param timeout bound of one try, 1s to 20s; 10s when not given
 */
@JsonTypeName("teams")
public record TeamsSettings(
    @Nullable SecretRef url, @Nullable Boolean allowHttp, @Nullable String timeout)
    implements ChannelSettings {
  @Override
  public Channel build(String name, ChannelParts parts) {
    Posting posting =
        new Posting(
            name,
            parts,
            Words.needed(name, "url", url),
            Boolean.TRUE.equals(allowHttp),
            Words.timeout(name, timeout));
    return new TeamsChannel(name, posting, parts.json());
  }
}
