package dev.firebreak.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A wire that can be bad: it passes bytes between whoever connects and a port of this machine,
 * delays them, holds them in one direction or both as a network does that drops packets, or cuts
 * connections. Thread-safe.
 */
final class TcpProxy implements AutoCloseable {
  /** What becomes of bytes. */
  enum Weather {
    PASS,
    /** Nothing moves in either direction; connections stay. */
    HOLD,
    /** Requests arrive, answers do not. */
    HOLD_ANSWERS,
    /** The connection is reset when a request is about to pass. */
    CUT_REQUESTS,
    /** The connection is reset when an answer is about to pass. */
    CUT_ANSWERS
  }

  private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
  private final AtomicInteger cuts = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int to;
  private Weather weather = Weather.PASS;
  private volatile long delayMillis;
  private volatile boolean closed;

  /**
   * A wire to a port.
   *
   * @param to the port of this machine behind it
   */
  TcpProxy(int to) throws IOException {
    this.to = to;
    Thread unused = Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void weather(Weather next) {
    lock.lock();
    try {
      weather = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Every piece waits so long, each way, from now on. */
  void delay(long millis) {
    delayMillis = millis;
  }

  /** Resets every connection there is. */
  void cut() {
    wires.forEach(Wire::reset);
  }

  /** How many connections were reset. */
  int cuts() {
    return cuts.get();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = server.accept();
        Wire wire = new Wire(client, new Socket(InetAddress.getLoopbackAddress(), to));
        wires.add(wire);
        wire.begin();
      } catch (IOException e) {
        // What is behind does not listen just now, or this is closed: whoever connected sees it.
        continue;
      }
    }
  }

  /** Waits until the weather lets bytes pass; false when it cuts the wire. */
  private boolean passes(boolean request) throws InterruptedException {
    if (delayMillis > 0) {
      Await.pause(delayMillis);
    }
    lock.lock();
    try {
      while (!closed
          && (weather == Weather.HOLD || (weather == Weather.HOLD_ANSWERS && !request))) {
        changed.await();
      }
      return weather != (request ? Weather.CUT_REQUESTS : Weather.CUT_ANSWERS);
    } finally {
      lock.unlock();
    }
  }

  /** One connection. */
  private final class Wire {
    private final Socket client;
    private final Socket target;

    Wire(Socket client, Socket target) {
      this.client = client;
      this.target = target;
    }

    void begin() {
      Thread.ofVirtual().start(() -> pump(client, target, true));
      Thread.ofVirtual().start(() -> pump(target, client, false));
    }

    private void pump(Socket from, Socket into, boolean request) {
      byte[] piece = new byte[16 * 1024];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = into.getOutputStream();
        for (int read = in.read(piece); read > 0; read = in.read(piece)) {
          if (!passes(request)) {
            reset();
            return;
          }
          out.write(piece, 0, read);
        }
        close();
      } catch (IOException e) {
        close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Both ends see a reset, not an orderly end. */
    void reset() {
      cuts.incrementAndGet();
      try {
        client.setSoLinger(true, 0);
        target.setSoLinger(true, 0);
      } catch (IOException e) {
        // It is closed already, which is what is wanted.
      }
      close();
    }

    void close() {
      wires.remove(this);
      try {
        client.close();
        target.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    server.close();
    weather(Weather.PASS);
    wires.forEach(Wire::close);
  }
}
