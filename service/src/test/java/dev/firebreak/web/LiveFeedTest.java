package dev.firebreak.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.run.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveFeedTest {
  private static final Duration SOON = Duration.ofMillis(20);
  private final LiveFeed feed = new LiveFeed(3);

  private static JournalEntry line(String incident, long sequence) {
    return new JournalEntry(
        incident, sequence, Instant.EPOCH, "system:x", "note.added", null, null, "t", "{}", "h");
  }

  private LiveClient join(String session, String incident) {
    return feed.join(session, incident).orElseThrow();
  }

  @Test
  void line_reachesThePagesOfItsIncidentOnly() throws InterruptedException {
    LiveClient one = join("a", "inc_1");
    LiveClient two = join("b", "inc_2");
    feed.recorded(line("inc_1", 1));
    assertThat(one.next(SOON)).contains(new LiveClient.News.Line(line("inc_1", 1)));
    assertThat(two.next(SOON)).isEmpty();
  }

  @Test
  void list_isToldOnceHoweverMuchHappens() throws InterruptedException {
    LiveClient list = feed.join("a", null).orElseThrow();
    for (int i = 1; i <= 1_000; i++) {
      feed.recorded(line("inc_1", i));
    }
    assertThat(list.next(SOON)).contains(new LiveClient.News.Changed());
    assertThat(list.next(SOON)).isEmpty();
    feed.recorded(line("inc_1", 1_001));
    assertThat(list.next(SOON)).contains(new LiveClient.News.Changed());
  }

  @Test
  void slowPage_keepsABoundedQueueAndIsNotWaitedFor() throws InterruptedException {
    LiveClient slow = join("a", "inc_1");
    for (int i = 1; i <= 100_000; i++) {
      feed.recorded(line("inc_1", i));
    }
    int waiting = 0;
    for (Optional<LiveClient.News> next = slow.next(SOON);
        next.isPresent();
        next = slow.next(SOON)) {
      waiting++;
    }
    assertThat(waiting).isBetween(1, 64);
  }

  @Test
  void full_hasNoPlaceUntilSomebodyLeaves() {
    LiveClient first = join("a", "inc_1");
    assertThat(feed.join("b", "inc_1")).isPresent();
    assertThat(feed.join("c", "inc_1")).isPresent();
    assertThat(feed.join("d", "inc_1")).isEmpty();
    feed.leave(first);
    feed.leave(first);
    assertThat(feed.join("d", "inc_1")).isPresent();
    assertThat(feed.join("e", "inc_1")).isEmpty();
    assertThat(feed.listening()).isEqualTo(3);
  }

  @Test
  void session_withManyPages_givesItsOldestPlaceBack() throws InterruptedException {
    LiveFeed wide = new LiveFeed(10);
    LiveClient oldest = wide.join("a", "inc_1").orElseThrow();
    for (int i = 0; i < 20; i++) {
      assertThat(wide.join("a", "inc_1")).isPresent();
    }
    assertThat(wide.listening()).isEqualTo(6);
    assertThat(oldest.open()).isFalse();
    assertThat(oldest.next(SOON)).contains(new LiveClient.News.Stop());
  }

  @Test
  void stop_endsEveryStream() throws InterruptedException {
    LiveClient client = join("a", "inc_1");
    feed.recorded(line("inc_1", 1));
    feed.stop();
    assertThat(client.open()).isFalse();
    assertThat(client.next(SOON)).contains(new LiveClient.News.Stop());
  }
}
