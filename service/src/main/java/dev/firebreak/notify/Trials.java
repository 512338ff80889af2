package dev.firebreak.notify;

import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Notice;
import dev.firebreak.core.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries channels: sends a test notice for real and says what the channel answered. At most {@value
 * #MOST} tests of one channel in {@value #WINDOW_MINUTES} minutes and on each node, so that a loop
 * pages nobody all night. Thread-safe.
 */
public final class Trials {
  static final int MOST = 3;
  static final int WINDOW_MINUTES = 2;
  private static final Duration WINDOW = Duration.ofMinutes(WINDOW_MINUTES);
  private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

  private final Channels channels;
  private final PatientPost post;
  private final String baseUrl;
  private final InstantSource clock;
  private final Map<String, Deque<Instant>> lately = new ConcurrentHashMap<>();

  /**
   * @param executor runs each try; one of virtual threads
   */
  public Trials(Channels channels, Executor executor, String baseUrl, InstantSource clock) {
    this.channels = channels;
    this.post = new PatientPost(channels, executor, PatientPost.PATIENCE);
    this.baseUrl = baseUrl;
    this.clock = clock;
  }

  /** A channel that can be tried. */
  public record Subject(String name, String type) {}

  /**
   * What became of a test.
   *
   * @param delivered whether the channel took it
   * @param answer what it said, or why it refused
   * @param permanent whether the same test would be refused again
   * @param took how long it took to answer
   */
  public record Trial(
      String channel, boolean delivered, String answer, boolean permanent, Duration took) {}

  /** A channel was tried too often. */
  public static final class TooOften extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Duration wait;

    TooOften(String channel, Duration wait) {
      super(
          "channel '%s' had %d tests in %d minutes: a test reaches people; wait %s"
              .formatted(channel, MOST, WINDOW_MINUTES, Durations.text(wait)));
      this.wait = wait;
    }

    /** How long to wait, whole seconds, at least one. */
    public Duration pause() {
      return wait;
    }
  }

  /** All channels, by name. */
  public List<Subject> subjects() {
    return channels.names().stream().map(name -> new Subject(name, channels.typeOf(name))).toList();
  }

  /** What to say when there is no channel of this name; empty when there is one. */
  public Optional<String> unknown(String name) {
    return channels.names().contains(name) ? Optional.empty() : Optional.of(channels.unknown(name));
  }

  /**
   * Sends a test and waits for the answer, at most half a minute.
   *
   * @param by who wants it, as the readers shall see it
   * @throws TooOften when it has to wait
   */
  public Trial of(String name, String by) {
    Instant now = clock.instant();
    if (unknown(name).isEmpty()) {
      admit(name, now);
    }
    Trial trial = attempt(name, by, now);
    LOG.info(
        "{} tested channel '{}': {}{}",
        by,
        name,
        trial.delivered() ? "" : "refused: ",
        trial.answer());
    return trial;
  }

  private void admit(String name, Instant now) {
    Deque<Instant> past = lately.computeIfAbsent(name, unused -> new ArrayDeque<>());
    synchronized (past) {
      past.removeIf(at -> !at.plus(WINDOW).isAfter(now));
      if (past.size() >= MOST) {
        Duration wait = Duration.between(now, past.getFirst().plus(WINDOW));
        throw new TooOften(name, Duration.ofSeconds(wait.plusMillis(999).toSeconds()));
      }
      past.addLast(now);
    }
  }

  private Trial attempt(String name, String by, Instant at) {
    long begun = System.nanoTime();
    try {
      return new Trial(name, true, post.send(name, notice(name, by, at)), false, since(begun));
    } catch (ChannelException e) {
      String said = String.valueOf(e.getMessage());
      return new Trial(name, false, said, e.permanent(), since(begun));
    }
  }

  private Notice notice(String name, String by, Instant at) {
    String text =
        """
        %s sent this from Firebreak at %s to see whether this channel works. It does.
        Nothing is wrong, and nobody needs to do anything.\
        """
            .formatted(by, at.toString().replaceFirst("\\.[0-9]+Z$", "Z"));
    return new Notice(
        "test/" + name + "/" + at,
        "test/" + name,
        "Test of the channel " + name,
        text,
        baseUrl + "/channels");
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
