package dev.firebreak.schedule;

import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.SchedulerRepository;
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

  private Calendar(String name, Properties store) {
    Properties settings = new Properties();
    settings.putAll(store);
    settings.setProperty("org.quartz.scheduler.instanceName", name);
    settings.setProperty("org.quartz.threadPool.threadCount", "2");
    settings.setProperty("org.quartz.threadPool.threadNamePrefix", "calendar");
    settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    try {
      scheduler = new StdSchedulerFactory(settings).getScheduler();
      // Quartz gives the same one to whoever asks for this name; there may be several.
      boolean unused = SchedulerRepository.getInstance().remove(name);
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz cannot be set up", e);
    }
  }

  /**
   * A calendar of this process alone, in memory.
   *
   * @param name no other calendar of this process has it
   */
  public static Calendar alone(String name) {
    Properties store = new Properties();
    store.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    return new Calendar(name, store);
  }

  /**
   * A calendar of all nodes of a database: each call is made on one of them, and when that one dies
   * on another.
   *
   * @param name the same on every node
   * @param node this node's name
   * @param connections under which name Quartz knows the database
   */
  public static Calendar ofAll(String name, String node, String connections) {
    Properties store = new Properties();
    store.setProperty("org.quartz.scheduler.instanceId", node);
    store.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    store.setProperty(
        "org.quartz.jobStore.driverDelegateClass",
        "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    store.setProperty("org.quartz.jobStore.dataSource", connections);
    store.setProperty("org.quartz.jobStore.tablePrefix", "qrtz_");
    store.setProperty("org.quartz.jobStore.isClustered", "true");
    store.setProperty("org.quartz.jobStore.useProperties", "true");
    store.setProperty("org.quartz.jobStore.clusterCheckinInterval", "5000");
    return new Calendar(name, store);
  }

  /** Calls {@code work} every so often, never twice at once; a call that was missed is left out. */
  public void every(String name, Duration period, Runnable work) {
    SimpleTrigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(name)
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule()
                    .withIntervalInMilliseconds(period.toMillis())
                    .withMisfireHandlingInstructionNextWithRemainingCount()
                    .repeatForever())
            .build();
    try {
      scheduler.getContext().put(name, work);
      if (!isThere(trigger)) {
        JobDetail job = JobBuilder.newJob(Call.class).withIdentity(name).build();
        scheduler.scheduleJob(job, Set.of(trigger), true);
      }
    } catch (SchedulerException e) {
      throw new IllegalStateException("'" + name + "' cannot be scheduled", e);
    }
  }

  /** What another node put there goes on at its own times. */
  private boolean isThere(SimpleTrigger trigger) throws SchedulerException {
    return scheduler.getTrigger(trigger.getKey()) instanceof SimpleTrigger old
        && old.getRepeatInterval() == trigger.getRepeatInterval()
        && scheduler.getTriggerState(trigger.getKey()) != Trigger.TriggerState.ERROR;
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
        if (context.getScheduler().getContext().get(name) instanceof Runnable work) {
          work.run();
        } else {
          LOG.info("'{}' was scheduled by another version, and is nothing to this one", name);
        }
      } catch (RuntimeException | SchedulerException e) {
        LOG.error("scheduled work '{}' broke and will be called again", name, e);
      }
    }
  }
}
