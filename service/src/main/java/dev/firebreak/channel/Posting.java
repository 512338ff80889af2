package dev.firebreak.channel;

import dev.firebreak.core.SecretRef;
import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.core.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Posts JSON to an address that is itself a secret: one request, no redirect, an answer read up to
 * a cap. Nothing it says holds more of the address than its host. Thread-safe.
 */
public final class Posting {
  private static final MediaType JSON = Objects.requireNonNull(MediaType.parse("application/json"));
  private static final long MAX_ANSWER = 4_096;
  private static final int MAX_QUOTE = 200;

  private final String channel;
  private final OkHttpClient http;
  private final Secrets secrets;
  private final SecretRef url;
  private final boolean allowHttp;

  /**
   * @param channel its name, for messages
   * @param url read again for each request
   * @param allowHttp whether the address may be one without TLS
   */
  public Posting(
      String channel, ChannelParts parts, SecretRef url, boolean allowHttp, Duration timeout) {
    this.channel = channel;
    this.secrets = parts.secrets();
    this.url = url;
    this.allowHttp = allowHttp;
    this.http =
        parts
            .http()
            .newBuilder()
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .callTimeout(timeout)
            .build();
  }

  /**
   * Posts a body.
   *
   * @return status and beginning of the answer: {@code 200 ok}
   * @throws ChannelException permanent when the same request would be refused again
   */
  public String post(byte[] body, Map<String, String> headers) {
    HttpUrl to = address();
    Request request =
        new Request.Builder()
            .url(to)
            .headers(Headers.of(headers))
            .header("User-Agent", "Firebreak")
            .post(RequestBody.create(body, JSON))
            .build();
    try (Response response = http.newCall(request).execute()) {
      return judge(to.host(), response.code(), quote(response));
    } catch (IOException e) {
      String said = e.getClass().getSimpleName() + ": " + e.getMessage();
      throw refused(to.host() + " gave no answer (" + quoted(said) + ")", false, e);
    }
  }

  private HttpUrl address() {
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

  private String judge(String host, int code, String answer) {
    if (code >= 200 && code < 300) {
      return (code + " " + answer).strip();
    }
    boolean later = code >= 500 || code == 408 || code == 425 || code == 429;
    String redirect = code >= 300 && code < 400 ? ", and redirects are not followed" : "";
    throw refused(host + " answered " + code + " " + answer + redirect, !later, null);
  }

  private String quote(Response response) throws IOException {
    BufferedSource source = response.body().source();
    boolean longer = source.request(MAX_ANSWER);
    long size = longer ? MAX_ANSWER : source.getBuffer().size();
    return quoted(new String(source.readByteArray(size), StandardCharsets.UTF_8));
  }

  private String quoted(String text) {
    return Words.line(secrets.masker().mask(text), MAX_QUOTE);
  }

  private ChannelException refused(
      String what, boolean permanent, @org.jspecify.annotations.Nullable Throwable cause) {
    return new ChannelException("channel '" + channel + "': " + what, permanent, cause);
  }
}
