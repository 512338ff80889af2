package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.schedule.Calendar;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What has a calendar happens once, however many nodes there are. */
class CalendarOfAllIT {
  private static final Duration PERIOD = Duration.ofMillis(200);

  private final AtomicInteger calls = new AtomicInteger();
  private final String name = Samples.id("calendar");

  private Calendar node(Database database) {
    Calendar calendar = Calendar.ofAll(name, database.node(), database.quartz());
    calendar.every("count", PERIOD, calls::incrementAndGet);
    calendar.start();
    return calendar;
  }

  private static Database open() {
    return Opened.of(Databases.settings("postgres"));
  }

  private void awaitCalls(int count) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (calls.get() < count) {
      assertThat(System.nanoTime()).as("time until %d calls", count).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  @Test
  void twoNodes_callOnceForEachTime_andOneGoesOnAlone() {
    try (Database first = open();
        Database second = open()) {
      long begun = System.nanoTime();
      Calendar one = node(first);
      Calendar two = node(second);
      awaitCalls(15);
      int counted = calls.get();
      long periods = Duration.ofNanos(System.nanoTime() - begun).dividedBy(PERIOD);
      assertThat(counted).isLessThanOrEqualTo((int) periods + 2);
      one.close();
      int before = calls.get();
      awaitCalls(before + 3);
      two.close();
    }
  }
}
