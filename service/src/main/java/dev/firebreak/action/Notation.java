package dev.firebreak.action;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/** How hosts and addresses are written. */
final class Notation {
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** What the URL standard takes for an IPv4 address: its last part is a number. */
  private static final Pattern NUMERIC_END =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)\\.?");

  private Notation() {}

  /** The host without brackets and scope. */
  static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether it is an address, written as everybody writes it. */
  static boolean isAddress(String host) {
    return IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
  }

  /** Whether it is an address that hides in another notation: 2130706433, 0x7f.1, 010.0.0.1. */
  static boolean isOddAddress(String host) {
    return !isAddress(host) && NUMERIC_END.matcher(host).matches();
  }

  /** The address with its port, as {@code egress.allow} takes it. */
  static String entry(InetAddress address, int port) {
    String text = address.getHostAddress().replaceAll("%.*", "");
    return (address instanceof Inet6Address ? "[" + text + "]" : text) + ":" + port;
  }
}
