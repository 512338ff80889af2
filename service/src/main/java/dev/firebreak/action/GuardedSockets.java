package dev.firebreak.action;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/** Makes sockets that ask the egress rule at the moment they connect, and no others. */
final class GuardedSockets extends SocketFactory {
  private final Egress egress;

  GuardedSockets(Egress egress) {
    this.egress = egress;
  }

  @Override
  public Socket createSocket() {
    return new Socket(Proxy.NO_PROXY) {
      @Override
      public void connect(SocketAddress endpoint, int timeout) throws IOException {
        if (!(endpoint instanceof InetSocketAddress target) || target.getAddress() == null) {
          throw new EgressRefused("connections to " + endpoint + " are refused: it is no address");
        }
        egress.check(target.getHostString(), target.getAddress(), target.getPort());
        super.connect(endpoint, timeout);
      }
    };
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw unasked();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    throw unasked();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw unasked();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    throw unasked();
  }

  private static UnsupportedOperationException unasked() {
    return new UnsupportedOperationException(
        "a socket that is connected as it is made was not asked for its target;"
            + " use createSocket() and connect it");
  }
}
