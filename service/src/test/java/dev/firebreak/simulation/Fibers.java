package dev.firebreak.simulation;

import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads of which exactly one runs at any moment: they hand a baton on, and only where they say,
 * so that the same seed takes the same way. Code that blocks runs on them as it is.
 */
final class Fibers {
  private final Semaphore back = new Semaphore(0);
  private final Consumer<Throwable> escaped;
  private @Nullable Fiber running;

  /**
   * @param escaped is told what a fiber died of, but for a crash
   */
  Fibers(Consumer<Throwable> escaped) {
    this.escaped = escaped;
  }

  /** One of them. */
  final class Fiber {
    private final Semaphore go = new Semaphore(0);
    private boolean killed;
    private boolean ended;

    boolean over() {
      return ended;
    }

    private void live(Runnable body) {
      go.acquireUninterruptibly();
      try {
        body.run();
      } catch (Crash crash) {
        // it died as it should
      } catch (Throwable thrown) {
        escaped.accept(thrown);
      } finally {
        ended = true;
        back.release();
      }
    }
  }

  /** Begins a fiber and returns when it has parked or ended. */
  Fiber start(Runnable body) {
    Fiber fiber = new Fiber();
    Thread unused = Thread.ofVirtual().start(() -> fiber.live(body));
    resume(fiber);
    return fiber;
  }

  /** Lets a parked fiber go on and returns when it has parked again or ended. */
  void resume(Fiber fiber) {
    if (fiber.ended) {
      return;
    }
    Fiber before = running;
    running = fiber;
    fiber.go.release();
    back.acquireUninterruptibly();
    running = before;
  }

  /** The fiber that runs now. */
  Fiber current() {
    Fiber now = running;
    if (now == null) {
      throw new IllegalStateException("nothing may wait here: this is no fiber");
    }
    return now;
  }

  boolean onFiber() {
    return running != null;
  }

  /** Hands the baton back until somebody resumes this fiber. */
  void park() {
    Fiber me = current();
    back.release();
    me.go.acquireUninterruptibly();
    if (me.killed) {
      throw new Crash();
    }
  }

  /** Ends a parked fiber as a dying process ends its threads. */
  void kill(Fiber fiber) {
    if (!fiber.ended && fiber != running) {
      fiber.killed = true;
      resume(fiber);
    }
  }
}
