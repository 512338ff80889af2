package dev.firebreak.web;

import dev.firebreak.engine.Orders;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import org.glassfish.jersey.media.sse.SseFeature;

/**
 * The console, put together. It shares its Jersey application with the interface for machines and
 * owns every path but {@code /api}, {@code /webhooks} and {@code /artifacts}.
 */
public final class WebRoom {
  private final List<Object> parts;

  /**
   * Builds it; nothing runs yet.
   *
   * @param feed also registered with the engine as a listener; to be stopped before the server is
   * @param threads runs one blocking task for each listening page: virtual threads
   */
  public WebRoom(
      Shelves shelves,
      Desks desks,
      Door door,
      Orders orders,
      LiveFeed feed,
      Executor threads,
      InstantSource clock) {
    Canvas canvas = new Canvas();
    Assets assets = new Assets();
    Frame frame = new Frame(orders, clock, assets.files());
    Pages pages = new Pages(canvas, frame, shelves.ledger(), desks.gates());
    LiveStream.Source source =
        new LiveStream.Source(shelves.ledger(), shelves.journal(), canvas, clock);
    parts =
        List.of(
            new Guarded(door, pages),
            new HomePage(pages, shelves, desks, door, clock),
            new IncidentPage(pages, new IncidentReader(shelves, desks), desks, orders, door, clock),
            new RunPage(pages, shelves.runs(), new RunReader(shelves, desks), orders, door, clock),
            new GatePage(
                pages, desks.gates(), new GateReader(shelves, desks.glass()), orders, door, clock),
            new DecidePage(pages, desks.gates(), orders, door, clock),
            new RunbookPage(pages, shelves.runbooks(), desks.promotions(), door, clock),
            new AutomationPage(pages, desks, orders, shelves.runbooks(), clock),
            new BacklogPage(pages, desks.backlog()),
            new SchedulesPage(pages, desks.shifts(), clock),
            new ChannelsPage(pages, desks.trials()),
            new ContactsPage(pages, desks.contacts(), clock),
            new UnheardPage(pages, shelves.ledger(), desks.silence(), clock),
            new FreezePage(pages, desks.freezes(), clock),
            new BreakerPage(pages, desks.breakers(), clock),
            new ReviewPage(pages, desks.glass(), door, clock),
            new LimitsPage(pages, desks.limits(), clock),
            new LoginPage(pages, door),
            new LogoutPage(pages, door),
            new SetupPage(pages, door),
            new EventsResource(feed, source, door, threads),
            new AssetsResource(assets, pages),
            new LostPage(pages));
  }

  /** Adds the console to the service. */
  public void register(JerseyEnvironment jersey) {
    jersey.register(SseFeature.class);
    parts.forEach(jersey::register);
  }
}
