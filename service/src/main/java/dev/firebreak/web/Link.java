package dev.firebreak.web;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A text that may lead somewhere.
 *
 * @param text what is read
 * @param href an address on this site, or one of http or https; null when it leads nowhere
 */
record Link(String text, @Nullable String href) {
  /** A link to another site: anything but http and https stays a text. */
  static Link outside(String text, @Nullable String address) {
    return new Link(text, address != null && isWeb(address) ? address : null);
  }

  private static boolean isWeb(String address) {
    try {
      URI uri = new URI(address);
      String scheme = String.valueOf(uri.getScheme());
      return uri.getHost() != null
          && (scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
