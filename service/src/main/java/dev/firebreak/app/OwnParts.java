package dev.firebreak.app;

import dev.firebreak.store.DatabaseSettings;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process lives by: names and addresses of hosts, and what is there. */
final class OwnParts {
  private static final Logger LOG = LoggerFactory.getLogger(OwnParts.class);
  private static final String HOST = "the host";

  private OwnParts() {}

  static Map<String, String> of(FirebreakConfiguration config) {
    Map<String, String> own = new LinkedHashMap<>();
    own.put("localhost", HOST);
    own.put("127.0.0.1", HOST);
    own.put("::1", HOST);
    machine(own);
    host(config.baseUrl()).ifPresent(name -> own.putIfAbsent(name, "the address"));
    DatabaseSettings database = config.database();
    String url = database.url();
    if (url != null) {
      host(url.replaceFirst("^jdbc:", "")).ifPresent(name -> own.putIfAbsent(name, "the database"));
    }
    config.own().names().forEach(name -> own.putIfAbsent(name, "a part (own.names)"));
    return own;
  }

  private static void machine(Map<String, String> own) {
    try {
      own.put(InetAddress.getLocalHost().getHostName(), HOST);
    } catch (UnknownHostException e) {
      LOG.debug("this machine does not know its own name", e);
    }
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .forEach(address -> own.put(address.getHostAddress().replaceFirst("%.*$", ""), HOST));
    } catch (SocketException e) {
      LOG.debug("this machine does not know its own addresses", e);
    }
  }

  private static Optional<String> host(@Nullable String url) {
    try {
      return Optional.ofNullable(url == null ? null : URI.create(url).getHost());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
