package dev.firebreak.app;

import dev.firebreak.store.DatabaseSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code postgresql://user@host:5432/name}, as everybody writes it. */
final class PostgresAddress {
  private PostgresAddress() {}

  /**
   * Reads an address.
   *
   * @param password or null; one in the address wins, though other users of the machine may see it
   * @throws WrongUse when it is none, or there is no password
   */
  static DatabaseSettings parse(String text, @Nullable String password) {
    try {
      URI uri = new URI(text.replaceFirst("^jdbc:", ""));
      String user = uri.getUserInfo() == null ? "firebreak" : uri.getUserInfo();
      int colon = user.indexOf(':');
      if (!"postgresql".equals(uri.getScheme()) || uri.getHost() == null || noName(uri)) {
        throw wrong();
      }
      String secret =
          colon < 0 ? Objects.requireNonNullElse(password, "") : user.substring(colon + 1);
      if (secret.isEmpty()) {
        throw new WrongUse("there is no password for " + uri.getHost() + ": set PGPASSWORD");
      }
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      int port = uri.getPort() < 0 ? 5432 : uri.getPort();
      return DatabaseSettings.postgresql(
          "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + query,
          colon < 0 ? user : user.substring(0, colon),
          secret);
    } catch (URISyntaxException e) {
      throw wrong();
    }
  }

  private static boolean noName(URI uri) {
    return uri.getRawPath() == null || uri.getRawPath().length() < 2;
  }

  private static WrongUse wrong() {
    return new WrongUse("a target looks like postgresql://user@host:5432/name");
  }
}
