package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.fixtures.DocExamples;
import dev.firebreak.store.DatabaseSettings;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on several nodes; what its nginx configuration does is tested with a real nginx. */
class ClusterDocsTest {
  @TempDir Path folder;

  @Test
  void example_isAConfigurationOfANodeBehindAProxy() throws Exception {
    List<String> examples = DocExamples.of("operators/cluster.md", "yaml");
    assertThat(examples).hasSize(1);
    Path file = Files.writeString(folder.resolve("config.yml"), examples.getFirst());
    FirebreakConfiguration config = Configurations.read(file.toString());
    assertThat(config.database().type()).isEqualTo(DatabaseSettings.Type.POSTGRESQL);
    DefaultServerFactory server = (DefaultServerFactory) config.getServerFactory();
    HttpConnectorFactory door = (HttpConnectorFactory) server.getApplicationConnectors().getFirst();
    assertThat(door.isUseForwardedHeaders()).isTrue();
  }

  @Test
  void nginxConfiguration_hasTheAddressesThePageSaysToChange() throws Exception {
    String site = Files.readString(Path.of("../deploy/nginx.conf"));
    assertThat(site).contains("10.0.0.11:8080", "10.0.0.12:8080", "listen 80;");
    assertThat(Files.readString(Path.of("../docs/operators/cluster.md")))
        .contains("[`deploy/nginx.conf`](../../deploy/nginx.conf)");
  }
}
