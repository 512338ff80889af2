package dev.firebreak.observe;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /healthcheck}: whether this process should be left alone or restarted; up or down and no
 * more. A database that does not answer is no reason to restart: {@code /ready} tells of that.
 */
final class HealthServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient HealthCheckRegistry checks;

  HealthServlet(HealthCheckRegistry checks) {
    this.checks = checks;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean up = checks.runHealthChecks().values().stream().allMatch(HealthCheck.Result::isHealthy);
    Answers.json(response, up ? 200 : 503, up ? "{\"status\":\"up\"}" : "{\"status\":\"down\"}");
  }
}
