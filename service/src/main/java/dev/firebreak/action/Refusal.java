package dev.firebreak.action;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/** Why an address is refused; IPv4 addresses inside IPv6 ones are unwrapped first. */
final class Refusal {
  private static final Set<String> METADATA =
      Set.of(
          "169.254.169.254",
          "169.254.170.2",
          "100.100.100.200",
          "192.0.0.192",
          "fd00:ec2:0:0:0:0:0:254",
          "fd00:ec2:0:0:0:0:0:23",
          "fd20:ce:0:0:0:0:0:254");

  private Refusal() {}

  /** The reason, empty when there is none. */
  static String of(InetAddress given) {
    InetAddress address = unwrapped(given);
    if (isMetadata(address)) {
      return "it is a cloud's metadata service";
    } else if (address.isLoopbackAddress()) {
      return "it is this machine itself (loopback)";
    } else if (address.isAnyLocalAddress() || (isV4(address) && address.getAddress()[0] == 0)) {
      return "it is this machine itself (unspecified)";
    } else if (address.isLinkLocalAddress()) {
      return "it is link-local";
    } else if (address.isMulticastAddress()) {
      return "it is multicast";
    } else if (isV4(address) && (address.getAddress()[0] & 0xf0) == 0xf0) {
      return "it is reserved or broadcast";
    }
    return "";
  }

  static boolean isMetadata(InetAddress given) {
    String text = unwrapped(given).getHostAddress();
    int scope = text.indexOf('%');
    return METADATA.contains(scope < 0 ? text : text.substring(0, scope));
  }

  private static boolean isV4(InetAddress address) {
    return address.getAddress().length == 4;
  }

  private static InetAddress unwrapped(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (!(address instanceof Inet6Address)
        || address.isLoopbackAddress()
        || address.isAnyLocalAddress()) {
      return address;
    }
    if (startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) || startsWith(bytes, 0, 0x64, 0xff, 0x9b)) {
      return v4(address, bytes, 12);
    }
    return startsWith(bytes, 0x20, 0x02) ? v4(address, bytes, 2) : address;
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress v4(InetAddress address, byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
