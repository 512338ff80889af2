package dev.firebreak.action;

import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Names what went wrong on a connection. */
public final class Faults {
  private Faults() {}

  /**
   * The reason for an exception on a connection: {@code cancelled}, {@code egress-refused}, {@code
   * unknown-host}, {@code timed-out}, {@code refused}, {@code unreachable}, {@code tls}, {@code
   * bad-answer} or {@code reset}.
   *
   * @param target {@code host:port}
   */
  public static Reason reason(
      IOException e, String target, Cancellation cancellation, Duration timeout) {
    if (cancellation.cancelled()) {
      return new Reason("cancelled", "the request to " + target + " was cancelled");
    }
    EgressRefused refused = refused(e);
    return switch (refused == null ? e : refused) {
      case EgressRefused r -> new Reason("egress-refused", message(r));
      case UnknownHostException u -> new Reason("unknown-host", message(u));
      case SocketTimeoutException s when message(s).contains("onnect timed out") ->
          new Reason("timed-out", target + " does not answer: no connection could be made");
      case InterruptedIOException _ ->
          new Reason("timed-out", target + " did not answer within " + Durations.text(timeout));
      case NoRouteToHostException _ -> new Reason("unreachable", target + " cannot be reached");
      case ConnectException c -> connect(c, target);
      case SSLException s -> new Reason("tls", target + " is not trusted: " + message(s));
      case ProtocolException p ->
          new Reason("bad-answer", target + " does not answer in HTTP: " + message(p));
      default -> new Reason("reset", target + " broke the connection: " + message(e));
    };
  }

  private static @Nullable EgressRefused refused(IOException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof EgressRefused refused) {
        return refused;
      }
    }
    return null;
  }

  private static Reason connect(ConnectException e, String target) {
    String text = message(e) + (e.getCause() == null ? "" : e.getCause().getMessage());
    if (text.contains("refused")) {
      return new Reason("refused", target + " refuses connections: nothing listens there");
    } else if (text.contains("timed out")) {
      return new Reason("timed-out", target + " does not answer to connect");
    }
    return new Reason("unreachable", target + " cannot be reached: " + message(e));
  }

  private static String message(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  static OutgoingFault of(IOException e, String target, Errand errand, Duration timeout) {
    Reason reason = reason(e, target, errand.cancellation(), timeout);
    boolean retryable =
        !reason.code().equals("cancelled") && !reason.code().equals("egress-refused");
    return new OutgoingFault(reason, errand.sent(), retryable);
  }
}
