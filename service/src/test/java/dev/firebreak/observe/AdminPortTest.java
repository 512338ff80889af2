package dev.firebreak.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.logging.common.DefaultLoggingFactory;
import io.dropwizard.testing.DropwizardTestSupport;
import io.dropwizard.util.Duration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminPortTest {
  private static volatile @Nullable String storeFault;
  private static volatile boolean broken;
  private static final Readiness READINESS =
      new Readiness(Map.of("database", () -> Optional.ofNullable(storeFault)));
  private static DropwizardTestSupport<Configuration> server;

  /** A service with nothing but this room. */
  public static final class Service extends Application<Configuration> {
    @Override
    public void run(Configuration configuration, Environment environment) {
      ObserveRoom.register(environment, new Metrics(), READINESS);
      environment.jersey().disable();
      environment
          .healthChecks()
          .register(
              "part",
              new HealthCheck() {
                @Override
                protected Result check() {
                  return broken ? Result.unhealthy("secret detail") : Result.healthy();
                }
              });
    }
  }

  @BeforeAll
  static void start() throws Exception {
    Configuration configuration = new Configuration();
    DefaultServerFactory factory = new DefaultServerFactory();
    factory.setApplicationConnectors(List.of(port()));
    factory.setAdminConnectors(List.of(port()));
    // A stop would wait a second for each client that keeps its connection.
    factory.setShutdownGracePeriod(Duration.seconds(0));
    configuration.setServerFactory(factory);
    DefaultLoggingFactory logging = new DefaultLoggingFactory();
    logging.setLevel("WARN");
    configuration.setLoggingFactory(logging);
    assertThat(READINESS.reasons()).contains("it is starting");
    server = new DropwizardTestSupport<>(Service.class, configuration);
    server.before();
  }

  private static HttpConnectorFactory port() {
    HttpConnectorFactory connector = new HttpConnectorFactory();
    connector.setPort(0);
    connector.setBindHost("127.0.0.1");
    return connector;
  }

  @AfterAll
  static void stop() {
    server.after();
    assertThat(READINESS.reasons()).contains("it is shutting down");
  }

  @BeforeEach
  void well() {
    storeFault = null;
    broken = false;
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getAdminPort() + path))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void metrics_areThereAtZero() throws Exception {
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("firebreak_runs_total{status=\"mitigated\",} 0.0")
        .contains("firebreak_automation_mode")
        .contains("jvm_memory_bytes_used");
  }

  @Test
  void health_saysUpOrDownAndNoMore() throws Exception {
    assertThat(get("/healthcheck").body()).isEqualTo("{\"status\":\"up\"}");
    broken = true;
    HttpResponse<String> down = get("/healthcheck");
    assertThat(down.statusCode()).isEqualTo(503);
    assertThat(down.body()).isEqualTo("{\"status\":\"down\"}");
  }

  @Test
  void ready_saysWhyNot() throws Exception {
    assertThat(get("/ready").body()).isEqualTo("{\"ready\":true}");
    storeFault = "the disk is full";
    HttpResponse<String> not = get("/ready");
    assertThat(not.statusCode()).isEqualTo(503);
    assertThat(not.body())
        .isEqualTo("{\"ready\":false,\"reasons\":[\"database: the disk is full\"]}");
    assertThat(get("/healthcheck").statusCode()).as("no reason to restart").isEqualTo(200);
  }

  @Test
  void threadDump_isForThisMachine() throws Exception {
    assertThat(get("/threads").statusCode()).isEqualTo(200);
    assertThat(AdminFence.closed("/threads", "10.0.0.1")).isTrue();
    assertThat(AdminFence.closed("/tasks/gc", "192.168.0.7")).isTrue();
    assertThat(AdminFence.closed("/metrics/../threads", "10.0.0.1")).isTrue();
    assertThat(AdminFence.closed("/metrics", "10.0.0.1")).isFalse();
    assertThat(AdminFence.closed("/threads", "::1")).isFalse();
    assertThat(AdminFence.closed("/threads", "[::1]")).isFalse();
    assertThat(AdminFence.closed("/threads", "fe80::1%eth0")).isTrue();
    assertThat(AdminFence.closed("/threads", "")).isTrue();
  }
}
