package dev.firebreak.web;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.logging.common.ExternalLoggingFactory;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import io.dropwizard.testing.DropwizardTestSupport;
import io.dropwizard.util.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The console alone, on a random port of this machine, showing a scene. */
final class TestConsole implements AutoCloseable {
  final Scene scene;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final DropwizardTestSupport<Configuration> server;

  TestConsole(String name) {
    scene = new Scene(name);
    WebRoom room =
        new WebRoom(
            scene.shelves(),
            scene.desks(),
            scene.door,
            scene.orders,
            scene.feed,
            threads,
            scene.clock);
    server =
        new DropwizardTestSupport<>(Shell.class, configuration()) {
          @Override
          public Application<Configuration> newApplication() {
            return new Shell(room, scene.feed);
          }
        };
  }

  TestConsole start() throws Exception {
    server.before();
    return this;
  }

  String url() {
    return "http://localhost:" + server.getLocalPort();
  }

  private static Configuration configuration() {
    HttpConnectorFactory http = new HttpConnectorFactory();
    http.setPort(0);
    http.setBindHost("127.0.0.1");
    HttpConnectorFactory admin = new HttpConnectorFactory();
    admin.setPort(0);
    admin.setBindHost("127.0.0.1");
    DefaultServerFactory factory = new DefaultServerFactory();
    factory.setApplicationConnectors(List.of(http));
    factory.setAdminConnectors(List.of(admin));
    // A stop would wait a second for each client that keeps its connection.
    factory.setShutdownGracePeriod(Duration.seconds(0));
    LogbackAccessRequestLogFactory quiet = new LogbackAccessRequestLogFactory();
    quiet.setAppenders(List.of());
    factory.setRequestLogFactory(quiet);
    Configuration configuration = new Configuration();
    configuration.setServerFactory(factory);
    configuration.setLoggingFactory(new ExternalLoggingFactory());
    return configuration;
  }

  @Override
  public void close() {
    scene.feed.stop();
    server.after();
    threads.close();
    scene.close();
  }

  /** An application that is this room and nothing else. */
  public static final class Shell extends Application<Configuration> {
    private final WebRoom room;
    private final LiveFeed feed;

    Shell(WebRoom room, LiveFeed feed) {
      this.room = room;
      this.feed = feed;
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
      room.register(environment.jersey());
      environment
          .lifecycle()
          .manage(
              new Managed() {
                @Override
                public void stop() {
                  feed.stop();
                }
              });
    }
  }
}
