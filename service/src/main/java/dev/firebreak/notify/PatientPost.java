package dev.firebreak.notify;

import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Notice;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends a notice to one channel and leaves the channel behind when it hangs. Thread-safe. */
final class PatientPost {
  /** How long one channel is waited for: two fit into a minute. */
  static final Duration PATIENCE = Duration.ofSeconds(25);

  private final Channels channels;
  private final Executor executor;
  private final Duration patience;

  PatientPost(Channels channels, Executor executor, Duration patience) {
    this.channels = channels;
    this.executor = executor;
    this.patience = patience;
  }

  /**
   * Sends once.
   *
   * @return the channel's answer
   * @throws ChannelException when it was not accepted, whatever the reason
   */
  String send(String name, Notice notice) {
    Channel channel = channels.get(name);
    if (notice.to() != null) {
      channel.addressFault(notice.to()).ifPresent(PatientPost::refuse);
    }
    try {
      return CompletableFuture.supplyAsync(() -> channel.send(notice), executor)
          .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      throw fault(name, e.getCause() == null ? e : e.getCause());
    }
  }

  private static void refuse(String fault) {
    throw new ChannelException(fault, true, null);
  }

  private ChannelException fault(String name, Throwable cause) {
    if (cause instanceof ChannelException refused) {
      return refused;
    }
    String what =
        cause instanceof TimeoutException
            ? "gave no answer within " + patience.toSeconds() + " s"
            : "broke: " + cause;
    return new ChannelException("channel '" + name + "' " + what, false, cause);
  }
}
