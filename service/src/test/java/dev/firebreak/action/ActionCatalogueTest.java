package dev.firebreak.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.firebreak.core.SecretRef;
import dev.firebreak.fixtures.Bench;
import dev.firebreak.fixtures.RawServer;
import dev.firebreak.runbook.Loaded;
import dev.firebreak.runbook.Problem;
import dev.firebreak.runbook.RunbookLoader;
import io.dropwizard.jackson.Jackson;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActionCatalogueTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "hunter2-hunter2";

  private final Bench bench = new Bench();

  @Test
  void actionsOfThisRoom_findTheirWayIn() {
    assertThat(bench.catalogue().types()).containsExactly("command", "http", "prometheus", "tcp");
  }

  @Test
  void actionsInAJar_areFoundToo(@TempDir Path folder) throws Exception {
    Path classes =
        Path.of(Action.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = folder.resolve("the service.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes.resolve("dev/firebreak/action"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Method names =
          loader.loadClass("dev.firebreak.action.ActionScan").getDeclaredMethod("classNames");
      names.setAccessible(true);
      assertThat(names.invoke(null))
          .asInstanceOf(InstanceOfAssertFactories.list(String.class))
          .contains("dev.firebreak.action.http.HttpAction")
          .hasSize(bench.catalogue().types().size());
    }
  }

  @Test
  void actionsFromOutside_areTaken_unlessTheirNameIs() {
    Action tcp = bench.action("tcp");
    assertThat(new Catalogue(List.of(tcp)).get("tcp")).isSameAs(tcp);
    assertThatThrownBy(() -> Catalogue.found(bench.equipment(), List.of(tcp)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two actions are called 'tcp'");
  }

  @Test
  void settings_unknownOrWrong_nameTheirKey() {
    assertThatThrownBy(() -> new Bench().settings("htttp", Map.of()).catalogue())
        .hasMessage(
            "actions.htttp: there is no such action; there are command, http, prometheus, tcp");
    assertThatThrownBy(() -> new Bench().settings("http", Map.of("maxBodyy", "1MiB")).catalogue())
        .hasMessageStartingWith("actions.http.maxBodyy: ")
        .hasMessageContaining("maxBody");
    assertThatThrownBy(() -> new Bench().settings("http", Map.of("maxBody", "1GiB")).catalogue())
        .hasMessageContaining("actions.http")
        .hasMessageContaining("maxBody must be from 1 byte to 64 MiB");
    assertThatThrownBy(
            () -> new Bench().settings("command", Map.of("allow", List.of("a/b"))).catalogue())
        .hasMessageContaining("actions.command")
        .hasMessageContaining("'a/b'");
    assertThatThrownBy(
            () -> new Bench().settings("prometheus", Map.of("url", "prometheus:9090")).catalogue())
        .hasMessageContaining("actions.prometheus")
        .hasMessageContaining("http://prometheus:9090");
  }

  private static final Path DOCS = Path.of("../docs");

  static List<String> types() {
    return new Bench().catalogue().types().stream().toList();
  }

  private static String page(String type) throws IOException {
    return Files.readString(DOCS.resolve("actions/" + type + ".md"));
  }

  private static List<String> blocks(String page, String language) {
    Pattern fence = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
    return fence.matcher(page).results().map(block -> block.group(1)).toList();
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyAction_hasAPageThatNamesAllItsParameters(String type) throws IOException {
    String page = page(type);
    assertThat(page).startsWith("# " + type + "\n");
    JsonNode properties = JSON.valueToTree(bench.action(type).schema()).get("properties");
    properties
        .fieldNames()
        .forEachRemaining(name -> assertThat(page).contains("| `" + name + "` |"));
    assertThat(page).contains("## Output").contains("`cancelled`");
  }

  @ParameterizedTest
  @MethodSource("types")
  void exampleOfThePage_isAGoodRunbookThatUsesTheAction(String type) throws IOException {
    List<String> examples = blocks(page(type), "yaml");
    assertThat(examples).hasSize(1);
    Loaded loaded = new RunbookLoader(bench.catalogue()).load(type + ".md", examples.getFirst());
    assertThat(loaded.problems()).extracting(Problem::asLine).isEmpty();
    assertThat(examples.getFirst()).contains(" " + type + ":");
  }

  @Test
  void configurationInThePages_isTaken() throws IOException {
    ObjectMapper yaml = Jackson.newObjectMapper(new YAMLFactory());
    for (String page : List.of("actions/command.md", "operators/outgoing.md")) {
      for (String block : blocks(Files.readString(DOCS.resolve(page)), "yaml config")) {
        JsonNode config = yaml.readTree(block);
        config.path("secrets").forEach(node -> convert(yaml, node, SecretRef.class));
        config.path("credentials").forEach(node -> convert(yaml, node, Credential.class));
        if (config.has("egress")) {
          convert(yaml, config.get("egress"), EgressSettings.class);
        }
        Bench fresh = new Bench();
        config
            .path("actions")
            .properties()
            .forEach(
                section ->
                    fresh.settings(
                        section.getKey(), yaml.convertValue(section.getValue(), Fields.class)));
        assertThat(fresh.catalogue().types()).contains("command");
      }
    }
  }

  private static final class Fields extends HashMap<String, Object> {
    private static final long serialVersionUID = 1L;
  }

  private static void convert(ObjectMapper mapper, JsonNode node, Class<?> type) {
    assertThat(mapper.convertValue(node, type)).isNotNull();
  }

  @Test
  void schemas_areClosedAndSayWhatTheyAreFor() {
    for (String type : types()) {
      JsonNode schema = JSON.valueToTree(bench.action(type).schema());
      assertThat(schema.get("additionalProperties").asBoolean(true)).as(type).isFalse();
      schema
          .get("properties")
          .properties()
          .forEach(
              parameter ->
                  assertThat(
                          parameter.getValue().has("description")
                              || parameter.getKey().equals("expect"))
                      .as("%s.%s", type, parameter.getKey())
                      .isTrue());
    }
  }

  @Test
  void secrets_areInNoErrorText() throws Exception {
    try (RawServer echo =
        new RawServer(
            (me, socket) -> {
              String head = me.request(socket);
              String said = head.substring(head.indexOf("Authorization: ")).strip();
              me.answer(
                  socket,
                  "HTTP/1.1 400 No\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                      + "{\"status\":\"error\",\"error\":\""
                      + said.replaceAll("\r\n.*", "")
                      + "\"}");
              socket.close();
            })) {
      bench
          .secret("db", SECRET)
          .credentials(
              new Credential(
                  "api", List.of(echo.url()), "bearer", null, null, SecretRef.valueOf(SECRET)))
          .settings("prometheus", Map.of("url", echo.url(), "credential", "api"))
          .settings("command", Map.of("allow", List.of("sh")));
      List<Outcome> outcomes =
          List.of(
              bench.read("http", Map.of("url", echo.url(), "credential", "api")),
              bench.read("prometheus", Map.of("query", "up")),
              bench.read(
                  "command",
                  Map.of(
                      "run",
                      List.of("sh", "-c", "echo $X; echo no $X >&2; exit 1"),
                      "env",
                      Map.of("X", Map.of("secret", "db")))));
      for (Outcome outcome : outcomes) {
        assertThat(((Outcome.Failed) outcome).reason().text()).doesNotContain(SECRET);
      }
      assertThat(((Outcome.Failed) outcomes.get(1)).reason().text()).contains("Bearer ***");
      assertThat(((Outcome.Failed) outcomes.get(2)).reason().text()).endsWith("no ***");
    }
  }
}
