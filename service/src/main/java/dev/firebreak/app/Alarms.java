package dev.firebreak.app;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The one thread that rings when time is over. */
final class Alarms {
  private Alarms() {}

  /** Begins without an alarm; one that is called off leaves nothing behind, and most are. */
  static ScheduledExecutorService start() {
    ScheduledThreadPoolExecutor alarms =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("alarms").factory());
    alarms.setRemoveOnCancelPolicy(true);
    return alarms;
  }
}
