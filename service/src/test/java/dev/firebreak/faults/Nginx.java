package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real nginx with the configuration of {@code deploy/nginx.conf}, before two nodes. */
final class Nginx implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

  private final Process process;
  private final Path log;
  final int port = ServiceProcess.freePort();

  Nginx(Path folder, int one, int two) throws IOException {
    String site =
        Files.readString(ServiceProcess.home().resolve("deploy/nginx.conf"))
            .replace("10.0.0.11:8080", "127.0.0.1:" + one)
            .replace("10.0.0.12:8080", "127.0.0.1:" + two)
            .replace("listen 80;", "listen 127.0.0.1:" + port + ";");
    log = folder.resolve("nginx.log");
    Path config =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            daemon off;
            pid %1$s/nginx.pid;
            error_log %2$s warn;
            events {}
            http {
              access_log off;
              client_body_temp_path %1$s/nginx-body;
              proxy_temp_path %1$s/nginx-proxy;
              fastcgi_temp_path %1$s/nginx-fastcgi;
              uwsgi_temp_path %1$s/nginx-uwsgi;
              scgi_temp_path %1$s/nginx-scgi;
            %3$s
            }
            """
                .formatted(folder, log, site));
    process =
        new ProcessBuilder(PROGRAM.toString(), "-c", config.toString(), "-p", folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.out").toFile())
            .start();
  }

  /** Skips the test where there is no nginx, but not where everything must be there. */
  static void need() {
    boolean there = Files.isExecutable(PROGRAM);
    String why = "no nginx here: on Debian, apt-get install nginx-light";
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as(why).isTrue();
    }
    Assumptions.assumeTrue(there, why);
  }

  String log() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
