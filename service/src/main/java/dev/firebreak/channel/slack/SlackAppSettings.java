package dev.firebreak.channel.slack;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelParts;
import dev.firebreak.channel.ChannelSettings;
import dev.firebreak.channel.Posting;
import dev.firebreak.channel.Words;
import dev.firebreak.core.SecretRef;
import java.time.Duration;
import java.util.Objects;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * {@code type: slack-app}.
 *
 * @param token the app's bot token, with the right {@code chat:write}
 * @param signingSecret what Slack signs with
 * @param conversation the id of the conversation it posts to, {@code C…}
 * @param api where Slack's methods are; Slack's own when not given
 * @param allowHttp whether {@code api} may be without TLS; false when not given
 * @param timeout bound of one try, 1s to 20s; 10s when not given
 */
@JsonTypeName("slack-app")
public record SlackAppSettings(
    @Nullable SecretRef token,
    @Nullable SecretRef signingSecret,
    @Nullable String conversation,
    @Nullable String api,
    @Nullable Boolean allowHttp,
    @Nullable String timeout)
    implements ChannelSettings {
  private static final String SLACK = "https://slack.com/api";
  private static final String ANSWERS = "hooks.slack.com";

  @Override
  public Channel build(String name, ChannelParts parts) {
    SecretRef bot = Words.needed(name, "token", token);
    SecretRef signing = Words.needed(name, "signingSecret", signingSecret);
    String place = Words.needed(name, "conversation", conversation);
    if (!place.matches("[CDG][A-Z0-9]{2,20}")) {
      throw Words.wrong(name, "conversation", "must be an id like C024BE91L, not a name");
    }
    String base = Objects.requireNonNullElse(api, SLACK).replaceAll("/+$", "");
    Duration bound = Words.timeout(name, timeout);
    Posting post = new Posting(name, parts, method(name, base, "/chat.postMessage"), bound);
    Posting update = new Posting(name, parts, method(name, base, "/chat.update"), bound);
    return new SlackAppChannel(
        name,
        place,
        new SlackAppChannel.Calls(
            post,
            update,
            address -> new Posting(name, parts, answers(name, base, address), bound),
            () -> post.secret(bot)),
        new SlackProof(parts.secrets(), signing, parts.clock()),
        parts.json());
  }

  private HttpUrl method(String name, String base, String method) {
    return Words.address(name, "api", base + method, base, Boolean.TRUE.equals(allowHttp));
  }

  /** Slack names the address; nothing else is ever answered to. */
  private static HttpUrl answers(String name, String base, String address) {
    HttpUrl to = HttpUrl.parse(address);
    boolean slack = to != null && to.isHttps() && to.host().equals(ANSWERS);
    boolean own = to != null && !base.equals(SLACK) && address.startsWith(base + "/");
    if (to == null || (!slack && !own)) {
      throw Words.wrong(name, "api", "an answer to another place than Slack's was asked for");
    }
    return to;
  }
}
