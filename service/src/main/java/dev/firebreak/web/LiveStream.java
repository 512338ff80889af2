package dev.firebreak.web;

import dev.firebreak.core.Ledger;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to one listening page until it is gone, on a thread of its own that may block. */
final class LiveStream {
  private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

  /** Shorter than the 30 seconds after which proxies and the server give a silent stream up. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** A stream ends in good order after this, and the page opens another. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private static final long RETRY_MILLIS = 2_000;
  private static final int BATCH = 100;

  /**
   * What all streams share.
   *
   * @param canvas draws the lines
   */
  record Source(Ledger ledger, Journal journal, Canvas canvas, InstantSource clock) {}

  private final Source source;
  private final LiveClient client;
  private final @Nullable String incident;
  private final BooleanSupplier admitted;
  private final SseEventSink sink;
  private final Sse sse;
  private long last;

  LiveStream(
      Source source,
      LiveClient client,
      @Nullable String incident,
      long last,
      BooleanSupplier admitted,
      SseEventSink sink,
      Sse sse) {
    this.source = source;
    this.client = client;
    this.incident = incident;
    this.last = last;
    this.admitted = admitted;
    this.sink = sink;
    this.sse = sse;
  }

  /** Writes until the page, the session or the service goes. */
  void run() {
    Instant end = source.clock().instant().plus(LONGEST);
    try (sink) {
      send(greeting(sse, "here", RETRY_MILLIS));
      catchUp();
      while (client.open() && !sink.isClosed() && source.clock().instant().isBefore(end)) {
        tell(client.next(HEARTBEAT).orElse(null));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StoreUnavailable e) {
      LOG.info("a live page is closed, since the database does not answer");
    } catch (CompletionException | IllegalStateException e) {
      LOG.debug("a live page is gone", e);
    }
  }

  /** The first word of a stream: when to come back once it ends. Comments cannot say that. */
  static OutboundSseEvent greeting(Sse sse, String name, long retryMillis) {
    return sse.newEventBuilder().name(name).data("{}").reconnectDelay(retryMillis).build();
  }

  private void tell(LiveClient.@Nullable News news) {
    if (!admitted.getAsBoolean()) {
      client.stop();
      return;
    }
    switch (news) {
      case null -> {
        send(sse.newEventBuilder().comment("still here").build());
        catchUp();
      }
      case LiveClient.News.Line line -> line(line.entry());
      case LiveClient.News.Changed changed -> {
        catchUp();
        send(sse.newEvent("changed", "{}"));
      }
      case LiveClient.News.Stop stop -> {}
    }
  }

  private void line(JournalEntry entry) {
    if (entry.sequence() == last + 1) {
      write(entry);
    } else if (entry.sequence() > last) {
      catchUp();
    }
  }

  /** Reads what was missed: at the start, after a gap, and what other nodes wrote. */
  private void catchUp() {
    if (incident == null) {
      return;
    }
    String id = incident;
    List<JournalEntry> missed;
    do {
      long from = last;
      missed = source.ledger().read(tx -> source.journal().read(tx, id, from, BATCH));
      missed.forEach(this::write);
    } while (missed.size() == BATCH);
  }

  private void write(JournalEntry entry) {
    Times times = new Times(source.clock().instant());
    Map<String, Object> model = new LinkedHashMap<>(Plain.model(TimelineReader.line(entry, times)));
    send(
        sse.newEventBuilder()
            .name("line")
            .id(Long.toString(entry.sequence()))
            .data(source.canvas().html("line", model))
            .build());
    last = entry.sequence();
  }

  private void send(OutboundSseEvent event) {
    Object unused = sink.send(event).toCompletableFuture().join();
  }
}
