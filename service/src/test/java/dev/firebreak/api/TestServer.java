package dev.firebreak.api;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.logging.common.DefaultLoggingFactory;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import io.dropwizard.testing.DropwizardTestSupport;
import io.dropwizard.util.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** A real server on ports nobody else has, with what a test registers on it. */
final class TestServer implements AutoCloseable {
  private final DropwizardTestSupport<Configuration> support;

  /** Starts it. */
  TestServer(DefaultServerFactory factory, BiConsumer<Configuration, Environment> parts)
      throws Exception {
    support =
        new DropwizardTestSupport<>(Service.class, configuration(factory)) {
          @Override
          public Application<Configuration> newApplication() {
            return new Service(parts);
          }
        };
    support.before();
  }

  private static Configuration configuration(DefaultServerFactory factory) {
    factory.setApplicationConnectors(List.of(anyPort()));
    factory.setAdminConnectors(List.of(anyPort()));
    // A stop would wait a second for each client that keeps its connection.
    factory.setShutdownGracePeriod(Duration.seconds(0));
    LogbackAccessRequestLogFactory quiet = new LogbackAccessRequestLogFactory();
    quiet.setAppenders(List.of());
    factory.setRequestLogFactory(quiet);
    DefaultLoggingFactory logging = new DefaultLoggingFactory();
    logging.setLevel("WARN");
    Configuration configuration = new Configuration();
    configuration.setServerFactory(factory);
    configuration.setLoggingFactory(logging);
    return configuration;
  }

  private static HttpConnectorFactory anyPort() {
    HttpConnectorFactory connector = new HttpConnectorFactory();
    connector.setPort(0);
    connector.setBindHost("127.0.0.1");
    return connector;
  }

  /** Dropwizard wants a class to start. */
  public static final class Service extends Application<Configuration> {
    private final BiConsumer<Configuration, Environment> parts;

    Service(BiConsumer<Configuration, Environment> parts) {
      this.parts = parts;
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
      parts.accept(configuration, environment);
    }
  }

  int port() {
    return support.getLocalPort();
  }

  int adminPort() {
    return support.getAdminPort();
  }

  @Override
  public void close() {
    support.after();
  }
}
