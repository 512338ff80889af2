package dev.firebreak.simulation;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The alarms of a process, in virtual time. */
final class Alarms extends AbstractExecutorService implements ScheduledExecutorService {
  private final World world;
  private final Node node;

  Alarms(World world, Node node) {
    this.world = world;
    this.node = node;
  }

  /** One alarm. */
  private static final class Alarm extends CompletableFuture<Object>
      implements ScheduledFuture<Object> {
    private final long at;

    Alarm(long at) {
      this.at = at;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(at, ((Alarm) other).at);
    }
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    node.pass("alarm");
    long millis = unit.toMillis(delay);
    Alarm alarm = new Alarm(world.time().millis() + millis);
    world
        .time()
        .in(
            millis,
            node,
            "alarm",
            () -> {
              if (!alarm.isDone()) {
                command.run();
                boolean unused = alarm.complete(command);
              }
            },
            alarm::isDone);
    return alarm;
  }

  @Override
  public void execute(Runnable command) {
    ScheduledFuture<?> unused = schedule(command, 0, TimeUnit.MILLISECONDS);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    Runnable task =
        () -> {
          try {
            V unused = callable.call();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };
    return (ScheduledFuture<V>) schedule(task, delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException("nobody needs it");
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("nobody needs it");
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }
}
