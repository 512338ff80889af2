package dev.firebreak.notify;

import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Notice;
import dev.firebreak.core.Message;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.expression.Templates;
import dev.firebreak.outbox.Courier;
import dev.firebreak.outbox.CourierException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries messages of kind {@code notify}: writes the notice from the facts as they are now, and
 * tries its channels in their order until one takes it. A channel that hangs is left behind after
 * {@value #PATIENCE_SECONDS} seconds, so that the next is tried within a minute. Thread-safe.
 */
public final class NotifyCourier implements Courier {
  static final int PATIENCE_SECONDS = 25;

  private final Channels channels;
  private final NoticeText texts;
  private final NoticeFacts facts;
  private final Executor executor;
  private final Duration patience;

  /**
   * @param executor runs each try; one of virtual threads
   */
  public NotifyCourier(
      Channels channels, Templates templates, NoticeFacts facts, Executor executor) {
    this(channels, templates, facts, executor, Duration.ofSeconds(PATIENCE_SECONDS));
  }

  NotifyCourier(
      Channels channels,
      Templates templates,
      NoticeFacts facts,
      Executor executor,
      Duration patience) {
    this.channels = channels;
    this.texts = new NoticeText(templates);
    this.facts = facts;
    this.executor = executor;
    this.patience = patience;
  }

  @Override
  public String kind() {
    return NotifyMessage.KIND;
  }

  @Override
  public String carry(Message message) {
    NotifyMessage wanted = NotifyMessage.read(message);
    Notice notice = texts.write(wanted, facts(wanted));
    List<ChannelException> refusals = new ArrayList<>();
    for (String name : wanted.channels()) {
      try {
        return receipt(name, send(name, notice), refusals);
      } catch (ChannelException e) {
        refusals.add(e);
      }
    }
    boolean permanent = refusals.stream().allMatch(ChannelException::permanent);
    throw new CourierException(sentence(refusals), permanent, refusals.getLast());
  }

  private java.util.Map<String, Object> facts(NotifyMessage wanted) {
    try {
      return facts.of(wanted.incident(), wanted.run());
    } catch (StoreUnavailable e) {
      throw new CourierException("the facts cannot be read: " + e.getMessage(), false, e);
    }
  }

  private String send(String name, Notice notice) {
    Channel channel = channels.get(name);
    try {
      return CompletableFuture.supplyAsync(() -> channel.send(notice), executor)
          .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      throw fault(name, e.getCause() == null ? e : e.getCause());
    }
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

  private static String receipt(String name, String answer, List<ChannelException> refusals) {
    return name + ": " + answer + (refusals.isEmpty() ? "" : " (after " + sentence(refusals) + ")");
  }

  private static String sentence(List<ChannelException> refusals) {
    return String.join("; ", refusals.stream().map(e -> String.valueOf(e.getMessage())).toList());
  }
}
