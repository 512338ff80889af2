package dev.firebreak.action;

import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.core.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** What may be shown to which server. Thread-safe. */
public final class Credentials {
  private final Map<String, Credential> byName = new LinkedHashMap<>();
  private final Secrets secrets;

  /**
   * The credentials of a configuration.
   *
   * @throws IllegalArgumentException when two have the same name
   */
  public Credentials(List<Credential> credentials, Secrets secrets) {
    for (Credential credential : credentials) {
      if (byName.put(credential.name(), credential) != null) {
        throw new IllegalArgumentException(
            "two credentials are called '" + credential.name() + "'");
      }
    }
    this.secrets = secrets;
  }

  /** Their names. */
  public Set<String> names() {
    return Set.copyOf(byName.keySet());
  }

  /**
   * Reads each secret once, so that the masker knows them all before anything is written.
   *
   * @return a sentence for each that is missing, too short to be masked, or in plain text
   */
  public List<String> learn() {
    return byName.values().stream()
        .flatMap(
            credential ->
                secrets
                    .learn("credential '" + credential.name() + "'", credential.secret())
                    .stream())
        .toList();
  }

  /**
   * Puts a credential on a request.
   *
   * @param name which
   * @param url where the request goes
   * @throws BadParameter when there is none of this name, its secret is missing, or it is not meant
   *     for that server: nothing has been sent
   */
  public void apply(String name, HttpUrl url, Request.Builder request) {
    Credential credential = byName.get(name);
    if (credential == null) {
      throw new BadParameter(
          "credential", "names '" + name + "', which is not among 'credentials' in config.yml");
    }
    if (!credential.mayGoTo(url)) {
      throw new BadParameter(
          "credential",
          "'%s' is for %s only and is not shown to %s://%s:%d"
              .formatted(
                  name,
                  String.join(", ", credential.origins()),
                  url.scheme(),
                  url.host(),
                  url.port()));
    }
    request.header(headerName(credential), value(credential));
  }

  private static String headerName(Credential credential) {
    String header = credential.header();
    return credential.type().equals("header") && header != null ? header : "Authorization";
  }

  private String value(Credential credential) {
    String secret = secret(credential);
    return switch (credential.type()) {
      case "basic" ->
          "Basic "
              + Base64.getEncoder()
                  .encodeToString(
                      (credential.user() + ":" + secret).getBytes(StandardCharsets.UTF_8));
      case "bearer" -> "Bearer " + secret;
      default -> secret;
    };
  }

  private String secret(Credential credential) {
    String value;
    try {
      value = secrets.value(credential.secret());
    } catch (SecretUnavailable e) {
      throw new BadParameter("credential", "'" + credential.name() + "': " + e.getMessage());
    }
    if (!credential.type().equals("basic") && value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new BadParameter(
          "credential",
          "'" + credential.name() + "' has characters that a header cannot carry; it is not shown");
    }
    return value;
  }
}
