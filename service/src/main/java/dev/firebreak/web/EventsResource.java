package dev.firebreak.web;

import dev.firebreak.access.Role;
import dev.firebreak.core.StoreUnavailable;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The stream of events behind the pages. */
@Path("/events")
public final class EventsResource {
  private static final long RETRY_MILLIS = 15_000;

  private final LiveFeed feed;
  private final LiveStream.Source source;
  private final Door door;
  private final Executor threads;

  EventsResource(LiveFeed feed, LiveStream.Source source, Door door, Executor threads) {
    this.feed = feed;
    this.source = source;
    this.door = door;
    this.threads = threads;
  }

  /**
   * Events of one incident as lines of its record, numbered by their sequence; or, without an
   * incident, the word that something changed.
   *
   * @param after the last line the page has
   * @param lastEvent the last line it got, when it comes back
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Needs(Role.VIEWER)
  public void listen(
      @Context ContainerRequestContext request,
      @Context SseEventSink sink,
      @Context Sse sse,
      @QueryParam("incident") @Nullable String incident,
      @QueryParam("after") @DefaultValue("0") String after,
      @HeaderParam("Last-Event-ID") @Nullable String lastEvent) {
    Visit visit = Visit.of(request);
    long last = sequence(lastEvent == null ? after : lastEvent);
    feed.join(visit.who().session(), incident)
        .ifPresentOrElse(
            client ->
                follow(
                    client,
                    new LiveStream(
                        source, client, incident, last, admitted(visit.cookie()), sink, sse)),
            () -> comeLater(sink, sse));
  }

  private void follow(LiveClient client, LiveStream stream) {
    threads.execute(
        () -> {
          try {
            stream.run();
          } finally {
            feed.leave(client);
          }
        });
  }

  /** There is no place: an orderly end, after which browsers try again by themselves. */
  private static void comeLater(SseEventSink sink, Sse sse) {
    try (sink) {
      Object unused = sink.send(LiveStream.greeting(sse, "full", RETRY_MILLIS));
    }
  }

  private BooleanSupplier admitted(String cookie) {
    return () -> {
      try {
        return door.sessions().current(cookie).isPresent();
      } catch (StoreUnavailable e) {
        return false;
      }
    };
  }

  private static long sequence(String text) {
    return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : 0;
  }
}
