package dev.firebreak.store;

import dev.firebreak.cluster.Bulletin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Words by {@code NOTIFY}: said on one connection, heard on another, each with a thread of its own.
 * They are said after the commits they speak of and not within: a commit that notifies makes every
 * other one wait. What waits at the same moment is said at once, and the same word only once.
 */
final class PostgresBulletin implements Bulletin, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresBulletin.class);
  private static final String CHANNEL = "firebreak";
  private static final int MOST_WORDS = 5_000;
  private static final int PAYLOAD = 7_000;
  private static final int LISTEN_MILLIS = 1_000;
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final DataSource source;
  private final String node;
  private final Set<Word> unsaid = new LinkedHashSet<>();
  private final Thread speaker =
      Thread.ofPlatform().daemon().name("bulletin-out").unstarted(this::speak);
  private final Thread hearer =
      Thread.ofPlatform().daemon().name("bulletin-in").unstarted(this::hear);
  private volatile @Nullable Consumer<Word> listener;
  private volatile boolean stopping;

  PostgresBulletin(DataSource source, String node) {
    this.source = source;
    this.node = node;
  }

  PostgresBulletin start() {
    speaker.start();
    return this;
  }

  @Override
  public void tell(Word word) {
    boolean first;
    synchronized (unsaid) {
      first = unsaid.isEmpty();
      if (unsaid.size() < MOST_WORDS) {
        unsaid.add(word);
      } else {
        unsaid.add(new Word(Kind.MISSED, ""));
      }
    }
    if (first) {
      LockSupport.unpark(speaker);
    }
  }

  @Override
  public void listen(Consumer<Word> told) {
    listener = told;
    hearer.start();
  }

  private void speak() {
    try {
      while (!stopping) {
        try (Connection connection = source.getConnection();
            Statement settings = connection.createStatement()) {
          boolean unused = settings.execute("SET synchronous_commit = off");
          speak(connection);
        } catch (SQLException e) {
          LOG.debug("words to other nodes cannot be said now", e);
          LockSupport.parkNanos(AGAIN_NANOS);
        }
      }
    } finally {
      LOG.debug("no more words are said");
    }
  }

  private void speak(Connection connection) throws SQLException {
    try (PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
      notify.setString(1, CHANNEL);
      while (!stopping) {
        List<Word> words = next();
        if (words.isEmpty()) {
          LockSupport.parkNanos(AGAIN_NANOS);
        }
        for (String payload : payloads(words)) {
          notify.setString(2, payload);
          boolean unused = notify.execute();
        }
      }
    }
  }

  private List<Word> next() {
    synchronized (unsaid) {
      List<Word> words = List.copyOf(unsaid);
      unsaid.clear();
      return words;
    }
  }

  private List<String> payloads(List<Word> words) {
    List<String> payloads = new ArrayList<>();
    StringBuilder payload = new StringBuilder(node);
    for (Word word : words) {
      if (payload.length() > PAYLOAD) {
        payloads.add(payload.toString());
        payload = new StringBuilder(node);
      }
      payload.append('\n').append(word.kind()).append(' ').append(word.id());
    }
    if (payload.length() > node.length()) {
      payloads.add(payload.toString());
    }
    return payloads;
  }

  private void hear() {
    while (!stopping) {
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        boolean unused = statement.execute("LISTEN " + CHANNEL);
        say(new Word(Kind.MISSED, ""));
        hear(connection, connection.unwrap(PGConnection.class));
      } catch (SQLException e) {
        LOG.debug("other nodes cannot be heard now", e);
        LockSupport.parkNanos(AGAIN_NANOS);
      }
    }
  }

  /** A connection that is silent may be dead: it is asked now and then. */
  private void hear(Connection connection, PGConnection heard) throws SQLException {
    while (!stopping) {
      PGNotification[] news = heard.getNotifications(LISTEN_MILLIS);
      if (news == null || news.length == 0) {
        if (!connection.isValid(LISTEN_MILLIS / 500)) {
          throw new SQLException("the listening connection is dead", "08006");
        }
        continue;
      }
      for (PGNotification one : news) {
        hear(one.getParameter());
      }
    }
  }

  private void hear(String payload) {
    String[] lines = payload.split("\n", -1);
    if (lines[0].equals(node)) {
      return;
    }
    for (int i = 1; i < lines.length; i++) {
      int space = lines[i].indexOf(' ');
      try {
        say(new Word(Kind.valueOf(lines[i].substring(0, space)), lines[i].substring(space + 1)));
      } catch (IllegalArgumentException e) {
        LOG.debug("a newer node says '{}'", lines[i], e);
      }
    }
  }

  private void say(Word word) {
    Consumer<Word> told = listener;
    if (told == null) {
      return;
    }
    try {
      told.accept(word);
    } catch (RuntimeException e) {
      LOG.error("what another node said could not be heeded: {}", word, e);
    }
  }

  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(speaker);
  }
}
