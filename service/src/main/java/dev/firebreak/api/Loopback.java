package dev.firebreak.api;

import com.google.common.net.InetAddresses;
import org.jspecify.annotations.Nullable;

/** Which peers are on this machine. */
final class Loopback {
  private Loopback() {}

  /**
   * Whether an address is of the loopback interface.
   *
   * @param address as the server gives it: never a name, so that nothing is looked up
   */
  static boolean is(@Nullable String address) {
    if (address == null) {
      return false;
    }
    String bare = address.replaceAll("^\\[|]$", "");
    return InetAddresses.isInetAddress(bare) && InetAddresses.forString(bare).isLoopbackAddress();
  }
}
