package dev.firebreak.action;

import dev.firebreak.core.SecretRef;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the section {@code credentials} of the configuration: a secret, how it is shown, and
 * to whom.
 *
 * @param name what runbooks call it by
 * @param origins the only servers it is shown to: {@code https://host} or {@code https://host:port}
 * @param type {@code basic}, {@code bearer} or {@code header}
 * @param user for {@code basic}: the user
 * @param header for {@code header}: the header that carries it, as in {@code X-Api-Key}
 * @param secret the password, token or key
 */
public record Credential(
    String name,
    List<String> origins,
    String type,
    @Nullable String user,
    @Nullable String header,
    SecretRef secret) {
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  public Credential {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("a credential needs a name");
    }
    String what = "credential '" + name + "' ";
    if (origins == null || origins.isEmpty()) {
      throw new IllegalArgumentException(
          what + "needs origins, as in https://host:port: it is shown to nobody else");
    }
    origins = List.copyOf(origins);
    origins.forEach(origin -> parseOrigin(what, origin));
    type = type == null ? "" : type.toLowerCase(Locale.ROOT);
    if (!List.of("basic", "bearer", "header").contains(type)) {
      throw new IllegalArgumentException(what + "needs a type: basic, bearer or header");
    }
    if (type.equals("basic") && (user == null || user.isBlank() || user.indexOf(':') >= 0)) {
      throw new IllegalArgumentException(what + "is basic and needs a user, without a colon");
    }
    if (type.equals("header") && (header == null || !HEADER.matcher(header).matches())) {
      throw new IllegalArgumentException(what + "is a header and needs the header's name");
    }
    if (secret == null) {
      throw new IllegalArgumentException(what + "needs a secret: {env: NAME} or {file: /path}");
    }
  }

  private static HttpUrl parseOrigin(String what, String origin) {
    HttpUrl url = HttpUrl.parse(origin);
    if (url == null
        || !url.encodedPath().equals("/")
        || url.query() != null
        || url.fragment() != null
        || !url.username().isEmpty()) {
      throw new IllegalArgumentException(
          what + "has an origin that is not like https://host:port: " + origin);
    }
    return url;
  }

  /** Whether it may be shown to the server of this URL: same scheme, host and port. */
  boolean mayGoTo(HttpUrl url) {
    return origins.stream()
        .map(origin -> parseOrigin("", origin))
        .anyMatch(origin -> sameOrigin(origin, url));
  }

  static boolean sameOrigin(HttpUrl one, HttpUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port();
  }
}
