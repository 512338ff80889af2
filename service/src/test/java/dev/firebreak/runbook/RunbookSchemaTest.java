package dev.firebreak.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunbookSchemaTest {
  private final JsonNode schema = read();

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(RunbookSchema.text(new FakeActions()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> errors(String text) {
    Optional<YamlNode> root = YamlReader.read(text, new Findings("x"));
    List<String> errors = new ArrayList<>();
    SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(schema)
        .validate(YamlNode.json(root.orElseThrow()))
        .forEach(error -> errors.add(error.toString()));
    return errors;
  }

  @Test
  void schema_isItselfValid() {
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                    com.networknt.schema.SchemaLocation.of(
                        "https://json-schema.org/draft/2020-12/schema"))
                .validate(schema))
        .isEmpty();
  }

  @Test
  void schema_takesAGoodFile() {
    assertThat(errors(RunbookLoaderTest.good())).isEmpty();
  }

  @Test
  void schema_wantsExactlyOneActionInAStep() {
    String good = RunbookLoaderTest.good();
    assertThat(
            errors(good.replace("    tcp: {host: \"{{vars.host}}\", port: 6379, timeout: 2s}", "")))
        .isNotEmpty();
    assertThat(errors(good.replace("    needs: [ping]", "    tcp: {host: a, port: 1}")))
        .isNotEmpty();
  }

  @Test
  void schema_describesEveryActionsParameters() {
    for (String type : new FakeActions().types()) {
      assertThat(schema.at("/$defs/action." + type + "/properties").isObject()).isTrue();
      assertThat(schema.at("/$defs/diagnosis/properties/" + type + "/$ref").asText())
          .isEqualTo("#/$defs/action." + type);
    }
  }
}
