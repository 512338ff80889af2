package dev.firebreak.web;

import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunListener;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells open pages what was committed. It costs the committing thread one offer for each page that
 * looks at that incident, and never waits for a browser. Thread-safe.
 */
public final class LiveFeed implements RunListener {
  /** Pages one session may have open and live. */
  private static final int EACH = 6;

  private final Set<LiveClient> clients = ConcurrentHashMap.newKeySet();
  private final AtomicInteger places;
  private final AtomicLong numbers = new AtomicLong();

  /**
   * A feed.
   *
   * @param most how many pages it serves at the same time; one more is told to come back later
   */
  public LiveFeed(int most) {
    places = new AtomicInteger(most);
  }

  /**
   * Joins a page. A browser that opens one page after the other gives the oldest place back: that a
   * page was left is noticed only when the next word is written to it.
   *
   * @param session whose page it is
   * @param incident the incident it shows, or null when it only wants to know that anything changed
   * @return empty when there is no place left
   */
  Optional<LiveClient> join(String session, @Nullable String incident) {
    List<LiveClient> own =
        clients.stream()
            .filter(client -> client.session().equals(session))
            .sorted(Comparator.comparingLong(LiveClient::number))
            .toList();
    own.stream().limit(Math.max(0, own.size() - EACH + 1)).forEach(this::end);
    return place(session, incident);
  }

  private void end(LiveClient client) {
    client.stop();
    leave(client);
  }

  private Optional<LiveClient> place(String session, @Nullable String incident) {
    if (places.getAndDecrement() <= 0) {
      places.incrementAndGet();
      return Optional.empty();
    }
    LiveClient client = new LiveClient(numbers.incrementAndGet(), session, incident);
    clients.add(client);
    return Optional.of(client);
  }

  /** The page is gone. */
  void leave(LiveClient client) {
    if (clients.remove(client)) {
      places.incrementAndGet();
    }
  }

  /** How many pages listen. */
  public int listening() {
    return clients.size();
  }

  /** Ends every stream, so that the service can stop; pages come back when it is there again. */
  public void stop() {
    clients.forEach(LiveClient::stop);
  }

  @Override
  public void recorded(JournalEntry entry) {
    for (LiveClient client : clients) {
      client.line(entry);
    }
  }

  @Override
  public void changed(Run before, Run after) {
    poke(after.incidentId());
  }

  @Override
  public void changed(Incident incident) {
    poke(incident.id());
  }

  /** Another node added to an incident's record. */
  public void moved(String incident) {
    poke(incident);
  }

  /** Other nodes may have added to any record. */
  public void moved() {
    clients.forEach(LiveClient::poke);
  }

  private void poke(String incident) {
    for (LiveClient client : clients) {
      client.changed(incident);
    }
  }
}
