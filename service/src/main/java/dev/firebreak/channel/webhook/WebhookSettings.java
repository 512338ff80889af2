package dev.firebreak.channel.webhook;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelParts;
import dev.firebreak.channel.ChannelSettings;
import dev.firebreak.channel.Posting;
import dev.firebreak.channel.Words;
import dev.firebreak.core.SecretRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code type: webhook}.
 *
 * @param url where to post, which may be a secret: {@code {env: NAME}} or {@code {file: path}}
 * @param secrets what requests are signed with, each {@code whsec_} and base64; one, or several
 *     while they are being changed: a request carries one signature for each
 * @param allowHttp whether an address without TLS is accepted; false when not given
 * @param timeout bound of one try, 1s to 20s; 10s when not given
 */
@JsonTypeName("webhook")
public record WebhookSettings(
    @Nullable SecretRef url,
    @Nullable List<SecretRef> secrets,
    @Nullable Boolean allowHttp,
    @Nullable String timeout)
    implements ChannelSettings {
  @Override
  public Channel build(String name, ChannelParts parts) {
    List<SecretRef> keys = List.copyOf(Words.needed(name, "secrets", secrets));
    if (keys.isEmpty()) {
      throw Words.wrong(name, "secrets", "is empty: an unsigned webhook could come from anybody");
    }
    Posting posting =
        new Posting(
            name,
            parts,
            Words.needed(name, "url", url),
            Boolean.TRUE.equals(allowHttp),
            Words.timeout(name, timeout));
    return new WebhookChannel(name, posting, keys, parts.clock(), parts.json());
  }
}
