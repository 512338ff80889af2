package dev.firebreak.action;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The rule where connections may go. It refuses this machine (loopback, unspecified), its link, its
 * cloud's metadata service, multicast and reserved addresses, in whatever notation, unless the
 * configuration allows them. Private networks are where targets live: they are not refused. The
 * rule is asked when a name is resolved and again when the socket is connected. Thread-safe.
 */
public final class Egress {
  /** Finds the addresses of a host name. */
  @FunctionalInterface
  public interface Resolver {
    /** All addresses of a host; blocks. */
    List<InetAddress> lookup(String host) throws UnknownHostException;
  }

  private final List<AllowedTarget> allowed;
  private final Resolver resolver;
  private final Executor blocking;

  /**
   * The rule of a configuration.
   *
   * @param resolver finds addresses, on {@code blocking}
   * @param blocking platform threads
   */
  public Egress(EgressSettings settings, Resolver resolver, Executor blocking) {
    this.allowed = settings.allow().stream().map(AllowedTarget::parse).toList();
    this.resolver = resolver;
    this.blocking = blocking;
  }

  /** The rule of a configuration, with the resolver of the operating system. */
  public Egress(EgressSettings settings, Executor blocking) {
    this(settings, host -> List.of(InetAddress.getAllByName(host)), blocking);
  }

  /**
   * The addresses of a target, all of them checked.
   *
   * @param host a name or an address, IPv6 with or without brackets
   * @param atMost how long it may take
   * @throws EgressRefused when one of the addresses is refused: a name that means several things is
   *     not trusted with any of them
   * @throws UnknownHostException when there are none, or none in time
   */
  public List<InetAddress> resolve(
      String host, int port, Duration atMost, Cancellation cancellation)
      throws UnknownHostException, EgressRefused {
    String name = Notation.bare(host);
    List<InetAddress> found =
        Notation.isAddress(name) ? List.of(literal(name)) : lookup(name, atMost, cancellation);
    for (InetAddress address : found) {
      check(name, address, port);
    }
    return found;
  }

  /**
   * Checks a host that is written as an address, before anything tries to connect.
   *
   * @throws EgressRefused when it may not be connected to; never for a host name
   */
  void checkWritten(String host, int port) throws EgressRefused, UnknownHostException {
    String name = Notation.bare(host);
    if (Notation.isAddress(name)) {
      check(name, literal(name), port);
    } else {
      refuseOdd(name);
    }
  }

  private static void refuseOdd(String name) throws EgressRefused {
    if (Notation.isOddAddress(name)) {
      throw new EgressRefused(name + " is an address in an unusual notation: write it plainly");
    }
  }

  private static InetAddress literal(String name) throws UnknownHostException {
    try {
      return InetAddress.ofLiteral(name);
    } catch (IllegalArgumentException e) {
      throw new UnknownHostException("host " + name + " is not an address");
    }
  }

  private List<InetAddress> lookup(String name, Duration atMost, Cancellation cancellation)
      throws UnknownHostException, EgressRefused {
    refuseOdd(name);
    CompletableFuture<List<InetAddress>> answer =
        CompletableFuture.supplyAsync(() -> ask(name), blocking);
    answer.orTimeout(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS);
    cancellation.onCancel(() -> answer.completeExceptionally(new TimeoutException("cancelled")));
    try {
      return answer.join();
    } catch (CompletionException e) {
      String why =
          e.getCause() instanceof TimeoutException
              ? " could not be looked up in time"
              : " is unknown";
      UnknownHostException unknown = new UnknownHostException("host " + name + why);
      unknown.initCause(e.getCause());
      throw unknown;
    }
  }

  private List<InetAddress> ask(String name) {
    try {
      return List.copyOf(resolver.lookup(name));
    } catch (UnknownHostException e) {
      throw new CompletionException(e);
    }
  }

  /**
   * Checks one address.
   *
   * @param host the name it was found under, or the address itself
   * @throws EgressRefused when it may not be connected to; the message says what to do
   */
  public void check(String host, InetAddress address, int port) throws EgressRefused {
    String refusal = Refusal.of(address);
    if (refusal.isEmpty()) {
      return;
    }
    String name = Notation.bare(host).toLowerCase(Locale.ROOT);
    boolean open =
        Refusal.isMetadata(address)
            ? allowed.stream().anyMatch(entry -> entry.names(address, port))
            : allowed.stream().anyMatch(entry -> entry.covers(name, address, port));
    if (!open) {
      throw new EgressRefused(
          "connections to %s (%s) are refused: %s; if it is meant, add '%s' to egress.allow in config.yml"
              .formatted(host, address.getHostAddress(), refusal, Notation.entry(address, port)));
    }
  }
}
