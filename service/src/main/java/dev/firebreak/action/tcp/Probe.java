package dev.firebreak.action.tcp;

import dev.firebreak.action.Cancellation;
import dev.firebreak.action.Equipment;
import dev.firebreak.action.Evidence;
import dev.firebreak.action.Excerpt;
import dev.firebreak.action.Faults;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One look at a port. Used once, by one thread. */
final class Probe {
  private static final int MAX_ANSWER = 64 * 1024;

  private final Equipment equipment;
  private final String host;
  private final int port;
  private final Duration timeout;
  private final String send;
  private final String expect;
  private final Cancellation cancellation;
  private final long start = System.nanoTime();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private boolean open;
  private boolean said;

  Probe(
      Equipment equipment,
      String host,
      int port,
      Duration timeout,
      String send,
      String expect,
      Cancellation cancellation) {
    this.equipment = equipment;
    this.host = host;
    this.port = port;
    this.timeout = timeout;
    this.send = send;
    this.expect = expect;
    this.cancellation = cancellation;
  }

  /**
   * What was seen.
   *
   * @param fault null when all was as expected
   * @param said whether something may have been sent
   */
  record Finding(
      @Nullable Reason fault, boolean said, Map<String, Object> output, List<Evidence> evidence) {}

  Finding look() {
    Reason fault;
    try {
      fault = converse();
    } catch (IOException e) {
      fault = Faults.reason(e, host + ":" + port, cancellation, timeout);
    }
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("open", open);
    output.put("answer", Excerpt.of(equipment.secrets().masker().mask(heard())));
    output.put("duration_ms", (System.nanoTime() - start) / 1_000_000);
    List<Evidence> evidence =
        answer.size() == 0
            ? List.of()
            : List.of(
                new Evidence(
                    "answer.txt", "text/plain; charset=utf-8", answer.toByteArray(), false));
    return new Finding(fault, said, output, evidence);
  }

  private @Nullable Reason converse() throws IOException {
    List<InetAddress> addresses = equipment.egress().resolve(host, port, timeout, cancellation);
    try (Socket socket = connect(addresses)) {
      cancellation.onCancel(() -> close(socket));
      open = true;
      if (!send.isEmpty()) {
        said = true;
        socket.getOutputStream().write(send.getBytes(StandardCharsets.UTF_8));
      }
      return expect.isEmpty() ? null : listen(socket);
    }
  }

  private Socket connect(List<InetAddress> addresses) throws IOException {
    IOException last = new SocketTimeoutException("no address of " + host + " answered");
    for (InetAddress address : addresses) {
      Socket socket = new Socket(Proxy.NO_PROXY);
      cancellation.onCancel(() -> close(socket));
      try {
        equipment.egress().check(host, address, port);
        socket.connect(new InetSocketAddress(address, port), left());
        return socket;
      } catch (IOException e) {
        last = e;
        close(socket);
      }
    }
    throw last;
  }

  private @Nullable Reason listen(Socket socket) throws IOException {
    byte[] chunk = new byte[4096];
    while (!heard().contains(expect)) {
      socket.setSoTimeout(left());
      int room = Math.min(chunk.length, MAX_ANSWER - answer.size());
      int read = room == 0 ? -1 : socket.getInputStream().read(chunk, 0, room);
      if (read < 0) {
        return new Reason(
            "unexpected-answer", host + ":" + port + " did not answer '" + expect + "'");
      }
      answer.write(chunk, 0, read);
    }
    return null;
  }

  private String heard() {
    return answer.toString(StandardCharsets.UTF_8);
  }

  private int left() throws SocketTimeoutException {
    long millis = timeout.toMillis() - (System.nanoTime() - start) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("no answer within " + Durations.text(timeout));
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return; // as good as closed
    }
  }
}
