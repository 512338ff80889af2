package dev.firebreak.observe;

import io.dropwizard.core.setup.Environment;
import io.prometheus.client.servlet.jakarta.exporter.MetricsServlet;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;

/** The assembly of this room: the admin port's pages. */
public final class ObserveRoom {
  private ObserveRoom() {}

  /** To be called once, while the service starts. */
  public static void register(Environment environment, Metrics metrics, Readiness readiness) {
    environment.lifecycle().addEventListener(readiness);
    var admin = environment.admin();
    admin
        .addFilter("admin-fence", new AdminFence())
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    admin.addServlet("metrics", new MetricsServlet(metrics.registry())).addMapping("/metrics");
    admin
        .addServlet("healthcheck", new HealthServlet(environment.healthChecks()))
        .addMapping("/healthcheck");
    admin.addServlet("ready", new ReadyServlet(readiness)).addMapping("/ready");
  }
}
