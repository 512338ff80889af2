package dev.firebreak.api;

import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import java.util.EnumSet;

/**
 * The assembly of this room: registers its resources, the door before them, and what turns faults
 * into problem documents, for this room and for every other resource of the same server.
 */
public final class ApiRoom {
  private ApiRoom() {}

  /**
   * To be called once, while the service starts.
   *
   * @param server the configuration's, whose own error answers are switched off
   */
  public static void register(
      ServerFactory server,
      Environment environment,
      ApiRecords records,
      ApiDesks desks,
      ManualStarts starts,
      InstantSource clock) {
    if (server instanceof AbstractServerFactory factory) {
      factory.setRegisterDefaultExceptionMappers(false);
    }
    headers(environment);
    resources(environment.jersey(), records, desks, starts, clock);
  }

  private static void headers(Environment environment) {
    environment
        .servlets()
        .addFilter("security-headers", new SecurityHeaders())
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    environment.getApplicationContext().setErrorHandler(new ProblemPages());
    environment
        .lifecycle()
        .addServerLifecycleListener(server -> server.setErrorHandler(new ProblemPages()));
  }

  private static void resources(
      JerseyEnvironment jersey,
      ApiRecords records,
      ApiDesks desks,
      ManualStarts starts,
      InstantSource clock) {
    jersey.register(new AccessFeature(desks.tokens(), desks.sessions()));
    jersey.register(new Faults());
    jersey.register(new IncidentsResource(records, desks));
    jersey.register(new RunsResource(records, desks, starts));
    jersey.register(new SignalsResource(desks.orders()));
    jersey.register(new GatesResource(records, desks));
    jersey.register(new ReviewsResource(records, desks));
    jersey.register(new AutomationResource(desks.orders(), desks.runbooks(), clock));
    jersey.register(new BacklogResource(desks.backlog()));
    jersey.register(new FreezesResource(desks.freezes()));
    jersey.register(new BreakersResource(desks.breakers()));
    jersey.register(new LimitsResource(desks.limits()));
    jersey.register(new RunbooksResource(desks));
    jersey.register(new ArtifactsResource(records));
    jersey.register(new TokensResource(desks.tokens(), clock));
    jersey.register(new BackupsResource(desks.backups()));
    jersey.register(new ChannelsResource(desks.trials()));
    jersey.register(new ContactsResource(desks.contacts()));
    jersey.register(new FeedbackResource(desks.channels(), desks.orders()));
    jersey.register(new PressesResource(desks));
    SchedulesResource schedules = new SchedulesResource(desks.shifts(), clock);
    jersey.register(schedules);
    jersey.register(new SubscriptionsResource(schedules, desks));
    jersey.register(new CalendarsResource(schedules, desks));
    jersey.register(new AbsencesResource(desks.shifts(), schedules));
    jersey.register(new OpenApiResource());
  }
}
