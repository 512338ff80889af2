package dev.firebreak.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * A database whose driver fails on order: before or after something was really done. Thread-safe.
 */
public final class FaultyDatabase {
  /** Where the driver can fail. */
  public enum Place {
    CONNECT,
    STATEMENT,
    BEFORE_COMMIT,
    AFTER_COMMIT,
    FLUSH
  }

  private static final String BROKEN = "08006";

  private final Source source;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile Predicate<Place> breaks = place -> false;

  private FaultyDatabase(Source real) {
    source =
        new Source(
            real.dialect(), proxy(DataSource.class, real.connections()), real.where(), real.file());
  }

  /** One on a file of H2. */
  static FaultyDatabase file(Path file) {
    return new FaultyDatabase(
        Source.of(DatabaseSettings.h2(file), Path.of("."), Opened.NO_SECRETS));
  }

  /** One on a server. */
  static FaultyDatabase server(DatabaseSettings settings) {
    return new FaultyDatabase(Source.of(settings, Path.of("."), Opened.NO_SECRETS));
  }

  /** One in memory. */
  public static FaultyDatabase inMemory(String name) {
    return new FaultyDatabase(Source.inMemory(name));
  }

  /** Opens it; its driver works until {@link #breaks} says otherwise. */
  public Database open() {
    return Database.open(source, DatabaseSettings.h2(Path.of("faulty")));
  }

  /**
   * Decides from now on where it fails.
   *
   * @param now asked at each place, on the thread that is there
   */
  public void breaks(Predicate<Place> now) {
    breaks = now;
  }

  /** It fails at this place, so many times, and then no more. */
  public void breaks(Place where, int times) {
    AtomicInteger left = new AtomicInteger(times);
    breaks = place -> place == where && left.getAndDecrement() > 0;
  }

  /** How often it has failed. */
  public int failures() {
    return failures.get();
  }

  private void reach(Place place) throws SQLException {
    if (breaks.test(place)) {
      failures.incrementAndGet();
      throw new SQLException("broken on order: " + place, BROKEN);
    }
  }

  private <T> T proxy(Class<T> type, T real) {
    InvocationHandler handler = (self, method, arguments) -> call(real, method, arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @SuppressWarnings("NullAway") // reflection knows no nulls
  private Object call(Object real, Method method, Object[] arguments) throws Throwable {
    before(method.getName(), arguments);
    Object answer;
    try {
      answer = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (method.getName().equals("commit")) {
      reach(Place.AFTER_COMMIT);
    }
    return switch (answer) {
      case java.sql.PreparedStatement statement ->
          proxy(java.sql.PreparedStatement.class, statement);
      case Statement statement -> proxy(Statement.class, statement);
      case Connection connection -> proxy(Connection.class, connection);
      case null, default -> answer;
    };
  }

  @SuppressWarnings("NullAway") // a method without arguments has none
  private void before(String method, Object[] arguments) throws SQLException {
    if (method.equals("getConnection")) {
      reach(Place.CONNECT);
    } else if (method.equals("commit")) {
      reach(Place.BEFORE_COMMIT);
    } else if (method.startsWith("execute")) {
      boolean flush =
          arguments != null
              && arguments.length > 0
              && String.valueOf(arguments[0]).toUpperCase(Locale.ROOT).startsWith("CHECKPOINT");
      reach(flush ? Place.FLUSH : Place.STATEMENT);
    }
  }
}
