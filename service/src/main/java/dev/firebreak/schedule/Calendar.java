package dev.firebreak.schedule;

import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has a calendar: Quartz calls it again and again. Quartz only says when; whether a thing
 * happens twice is decided elsewhere. Thread-safe.
 */
public final class Calendar implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Calendar.class);

  private final Scheduler scheduler;

  /**
   * @param name of this process's scheduler
   */
  public Calendar(String name) {
    Properties settings = new Properties();
    settings.setProperty("org.quartz.scheduler.instanceName", name);
    settings.setProperty("org.quartz.threadPool.threadCount", "2");
    settings.setProperty("org.quartz.threadPool.threadNamePrefix", "calendar");
    settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    settings.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    try {
      scheduler = new StdSchedulerFactory(settings).getScheduler();
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz cannot be set up", e);
    }
  }

  /** Calls {@code work} every so often, never twice at once; a call that was missed is left out. */
  public void every(String name, Duration period, Runnable work) {
    try {
      scheduler.getContext().put(name, work);
      scheduler.scheduleJob(
          JobBuilder.newJob(Call.class).withIdentity(name).build(),
          TriggerBuilder.newTrigger()
              .withIdentity(name)
              .withSchedule(
                  SimpleScheduleBuilder.simpleSchedule()
                      .withIntervalInMilliseconds(period.toMillis())
                      .withMisfireHandlingInstructionNextWithRemainingCount()
                      .repeatForever())
              .build());
    } catch (SchedulerException e) {
      throw new IllegalStateException("'" + name + "' cannot be scheduled", e);
    }
  }

  /** Starts the threads. */
  public void start() {
    try {
      scheduler.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz cannot be started", e);
    }
  }

  /** Stops and waits for the calls in progress; interrupts nobody. */
  @Override
  public void close() {
    try {
      scheduler.shutdown(true);
    } catch (SchedulerException e) {
      LOG.warn("Quartz did not stop cleanly", e);
    }
  }

  /** One call; what it throws is logged and does not end the schedule. */
  @DisallowConcurrentExecution
  public static final class Call implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      String name = context.getJobDetail().getKey().getName();
      try {
        Runnable work = (Runnable) context.getScheduler().getContext().get(name);
        Objects.requireNonNull(work, name).run();
      } catch (RuntimeException | SchedulerException e) {
        LOG.error("scheduled work '{}' broke and will be called again", name, e);
      }
    }
  }
}
