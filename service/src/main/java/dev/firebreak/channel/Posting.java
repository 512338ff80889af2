package dev.firebreak.channel;

import dev.firebreak.core.SecretRef;
import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.core.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Posts to an address that is itself a secret: one request, no redirect, an answer read up to a
 * cap. Nothing it says holds more of the address than its host. Thread-safe.
 */
public final class Posting {
  private static final MediaType JSON = Objects.requireNonNull(MediaType.parse("application/json"));
  private static final long MAX_ANSWER = 4_096;
  private static final int MAX_QUOTE = 200;

  private final String channel;
  private final OkHttpClient http;
  private final Secrets secrets;
  private final Supplier<HttpUrl> address;

  /**
   * To an address that is itself a secret.
   *
   * @param channel its name, for messages
   * @param url read again for each request
   * @param allowHttp whether the address may be one without TLS
   */
  public Posting(
      String channel, ChannelParts parts, SecretRef url, boolean allowHttp, Duration timeout) {
    this.channel = channel;
    this.secrets = parts.secrets();
    this.http = bounded(parts.http(), timeout);
    this.address = () -> secretAddress(url, allowHttp);
  }

  /** To an address that stands in the configuration. */
  public Posting(String channel, ChannelParts parts, HttpUrl url, Duration timeout) {
    this.channel = channel;
    this.secrets = parts.secrets();
    this.http = bounded(parts.http(), timeout);
    this.address = () -> url;
  }

  private static OkHttpClient bounded(OkHttpClient http, Duration timeout) {
    return http.newBuilder()
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .callTimeout(timeout)
        .build();
  }

  /**
   * Posts JSON and takes every 2xx as taken.
   *
   * @return status and beginning of the answer: {@code 200 ok}
   * @throws ChannelException permanent when the same request would be refused again
   */
  public String post(byte[] body, Map<String, String> headers) {
    return judged(exchange(RequestBody.create(body, JSON), headers));
  }

  /**
   * What the other side answered.
   *
   * @param body its beginning
   */
  public record Reply(String host, int code, String body) {}

  /**
   * Posts a body of any type.
   *
   * @throws ChannelException not permanent, when there was no answer
   */
  public Reply exchange(RequestBody body, Map<String, String> headers) {
    HttpUrl to = address.get();
    Request request =
        new Request.Builder()
            .url(to)
            .headers(Headers.of(headers))
            .header("User-Agent", "Firebreak")
            .post(body)
            .build();
    try (Response response = http.newCall(request).execute()) {
      return new Reply(to.host(), response.code(), beginning(response));
    } catch (IOException e) {
      String said = e.getClass().getSimpleName() + ": " + e.getMessage();
      throw refused(to.host() + " gave no answer (" + quoted(said) + ")", false, e);
    }
  }

  private HttpUrl secretAddress(SecretRef url, boolean allowHttp) {
    HttpUrl to = HttpUrl.parse(secret(url).strip());
    if (to == null) {
      throw refused("the url in " + url.place() + " is no http or https address", true, null);
    }
    if (!to.isHttps() && !allowHttp) {
      throw refused(
          "the url in " + url.place() + " is not https; write allowHttp: true to send it in clear",
          true,
          null);
    }
    return to;
  }

  /**
   * The value of a secret.
   *
   * @throws ChannelException not permanent, naming the place: somebody can still put it there
   */
  public String secret(SecretRef ref) {
    try {
      return secrets.value(ref);
    } catch (SecretUnavailable e) {
      throw refused(String.valueOf(e.getMessage()), false, e);
    }
  }

  /** Status and beginning of an answer, unless it is a refusal by HTTP's own rules. */
  public String judged(Reply reply) {
    int code = reply.code();
    String answer = quoted(reply.body());
    if (code >= 200 && code < 300) {
      return (code + " " + answer).strip();
    }
    boolean later = code >= 500 || code == 408 || code == 425 || code == 429;
    String redirect = code >= 300 && code < 400 ? ", and redirects are not followed" : "";
    throw refused(reply.host() + " answered " + code + " " + answer + redirect, !later, null);
  }

  private static String beginning(Response response) throws IOException {
    BufferedSource source = response.body().source();
    boolean longer = source.request(MAX_ANSWER);
    long size = longer ? MAX_ANSWER : source.getBuffer().size();
    return new String(source.readByteArray(size), StandardCharsets.UTF_8);
  }

  /** Words of the other side as one short line without secrets. */
  public String quoted(String text) {
    return Words.line(secrets.masker().mask(text), MAX_QUOTE);
  }

  /** A refusal in this channel's name. */
  public ChannelException refused(String what, boolean permanent, @Nullable Throwable cause) {
    return new ChannelException("channel '" + channel + "': " + what, permanent, cause);
  }
}
