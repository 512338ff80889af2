package dev.firebreak.action;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code egress.allow}.
 *
 * @param host a host name in lower case, or null when addresses are meant
 * @param network first bytes of the addresses meant, or null when a host is meant
 * @param prefix how many bits of {@code network} count
 * @param port the only port, or -1 for all
 */
record AllowedTarget(@Nullable String host, byte @Nullable [] network, int prefix, int port) {
  private static final String PREFIX = "(?:/([0-9]{1,3}))?";
  private static final String PORT = "(?::([0-9]{1,5}))?";
  private static final List<Pattern> SHAPES =
      List.of(
          Pattern.compile("\\[([0-9A-Fa-f:.]+)]" + PREFIX + PORT),
          Pattern.compile("([0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)" + PREFIX),
          Pattern.compile("([A-Za-z0-9._-]+)" + PREFIX + PORT));

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException when it is none
   */
  static AllowedTarget parse(String text) {
    for (Pattern pattern : SHAPES) {
      Matcher shape = pattern.matcher(text.strip());
      if (shape.matches()) {
        String port = shape.groupCount() < 3 ? null : shape.group(3);
        return of(text, shape.group(1), shape.group(2), port == null ? -1 : Integer.parseInt(port));
      }
    }
    throw wrong(text);
  }

  private static AllowedTarget of(String text, String name, @Nullable String bits, int port) {
    if (port > 65535) {
      throw wrong(text);
    }
    if (!looksLikeAddress(name)) {
      if (bits != null) {
        throw wrong(text);
      }
      return new AllowedTarget(name.toLowerCase(Locale.ROOT), null, 0, port);
    }
    byte[] network = address(name, text);
    int prefix = bits == null ? network.length * 8 : Integer.parseInt(bits);
    if (prefix > network.length * 8) {
      throw wrong(text);
    }
    return new AllowedTarget(null, network, prefix, port);
  }

  private static boolean looksLikeAddress(String name) {
    return name.indexOf(':') >= 0 || name.matches("[0-9.]+");
  }

  private static byte[] address(String name, String text) {
    try {
      if (Notation.isAddress(name)) {
        return InetAddress.ofLiteral(name).getAddress();
      }
    } catch (IllegalArgumentException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "egress.allow: '"
            + text
            + "' is not a host, address or range, as in localhost, 127.0.0.1:9090 or 10.0.0.0/8");
  }

  /** Whether this entry means that target. */
  boolean covers(String targetHost, InetAddress address, int targetPort) {
    if (port >= 0 && port != targetPort) {
      return false;
    }
    return network == null ? targetHost.equalsIgnoreCase(host) : inNetwork(address.getAddress());
  }

  /** Whether this entry names exactly one address, and this is the one. */
  boolean names(InetAddress address, int targetPort) {
    return network != null && prefix == network.length * 8 && covers("", address, targetPort);
  }

  private boolean inNetwork(byte[] address) {
    byte[] bytes = network;
    if (bytes == null || address.length != bytes.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit & 7);
      if ((address[bit >> 3] & mask) != (bytes[bit >> 3] & mask)) {
        return false;
      }
    }
    return true;
  }
}
