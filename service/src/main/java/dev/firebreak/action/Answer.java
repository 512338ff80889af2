package dev.firebreak.action;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * @param url where it was asked
 * @param status as in 200
 * @param headers all of them; not for showing
 * @param body unzipped, at most what was asked for
 * @param truncated whether there was more
 * @param millis from the start to the last byte
 */
public record Answer(
    HttpUrl url, int status, Headers headers, byte[] body, boolean truncated, long millis) {
  /** The same answer with another body. */
  public Answer with(byte[] other) {
    return new Answer(url, status, headers, other, truncated, millis);
  }

  /**
   * The media type without a charset, in lower case; {@code application/octet-stream} if unsaid.
   */
  public String mediaType() {
    MediaType type = contentType();
    return type == null ? "application/octet-stream" : type.type() + "/" + type.subtype();
  }

  /** The body as text, whatever its bytes. */
  public String text() {
    MediaType type = contentType();
    Charset charset = type == null ? null : type.charset();
    return new String(body, charset == null ? StandardCharsets.UTF_8 : charset);
  }

  /** What the server said of trying again, as it said it: seconds or a date. */
  public Optional<String> retryAfter() {
    return Optional.ofNullable(headers.get(Outgoing.RETRY_AFTER));
  }

  /** Whether the media type is one of JSON. */
  public boolean isJson() {
    String type = mediaType();
    return type.equals("application/json") || type.endsWith("+json") || type.equals("text/json");
  }

  /** Whether the body is something people read. */
  public boolean isText() {
    String type = mediaType();
    return type.startsWith("text/")
        || isJson()
        || type.endsWith("+xml")
        || type.matches("application/(xml|javascript|x-www-form-urlencoded|yaml|x-yaml)")
        || (headers.get("Content-Type") == null && looksLikeText());
  }

  private boolean looksLikeText() {
    for (byte b : body) {
      if (b == 0) {
        return false;
      }
    }
    return true;
  }

  private @Nullable MediaType contentType() {
    String header = headers.get("Content-Type");
    return header == null ? null : MediaType.parse(header);
  }
}
