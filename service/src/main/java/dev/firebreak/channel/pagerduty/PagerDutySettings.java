package dev.firebreak.channel.pagerduty;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelParts;
import dev.firebreak.channel.ChannelSettings;
import dev.firebreak.channel.Posting;
import dev.firebreak.channel.Words;
import dev.firebreak.core.SecretRef;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * {@code type: pagerduty}.
 *
 * @param routingKey the integration key of an Events API v2 integration: {@code {env: NAME}} or
 *     {@code {file: path}}
 * @param webhookSecrets the secrets of the webhook subscriptions that tell Firebreak what was done
 *     in PagerDuty; empty or null when nobody may tell
 * @param url where events go; PagerDuty's service region US when not given
 * @param allowHttp whether an address without TLS is accepted; false when not given
 * @param timeout bound of one try, 1s to 20s; 10s when not given
 */
@JsonTypeName("pagerduty")
public record PagerDutySettings(
    @Nullable SecretRef routingKey,
    @Nullable List<SecretRef> webhookSecrets,
    @Nullable String url,
    @Nullable Boolean allowHttp,
    @Nullable String timeout)
    implements ChannelSettings {
  private static final String USUAL = "https://events.pagerduty.com/v2/enqueue";

  @Override
  public Channel build(String name, ChannelParts parts) {
    boolean clear = Boolean.TRUE.equals(allowHttp);
    HttpUrl events = Words.address(name, "url", url, USUAL, clear);
    Posting posting = new Posting(name, parts, events, Words.timeout(name, timeout));
    return new PagerDutyChannel(
        name,
        posting,
        Words.needed(name, "routingKey", routingKey),
        new WebhookProof(parts.secrets(), Objects.requireNonNullElse(webhookSecrets, List.of())),
        parts.json());
  }
}
