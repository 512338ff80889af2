package dev.firebreak.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.jackson.Jackson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private static final ObjectMapper JSON = Jackson.newObjectMapper();

  @TempDir Path folder;
  private final Masker masker = new Masker();

  record Holder(SecretRef secret, @Nullable String other) {}

  private static SecretRef parse(String json) throws Exception {
    return JSON.readValue("{\"secret\": " + json + "}", Holder.class).secret();
  }

  private Secrets secrets(Map<String, SecretRef> named) {
    return new Secrets(named, name -> name.equals("DB_PASSWORD") ? "hunter2" : null, masker);
  }

  @Test
  void reference_readFromConfiguration_resolvesAndIsMasked() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "filetoken\n");
    Secrets secrets = secrets(Map.of());
    assertThat(secrets.value(parse("{\"env\": \"DB_PASSWORD\"}"))).isEqualTo("hunter2");
    assertThat(secrets.value(parse("{\"file\": \"" + file + "\"}"))).isEqualTo("filetoken");
    assertThat(secrets.value(parse("\"plaintext\""))).isEqualTo("plaintext");
    assertThat(masker.mask("hunter2 filetoken plaintext")).isEqualTo("*** *** ***");
  }

  @Test
  void reference_ofUnknownShape_isRefused() {
    for (String json :
        new String[] {
          "{}", "{\"env\":\"A\",\"file\":\"/b\"}", "{\"vault\":\"x\"}", "[]", "{\"env\":\"\"}"
        }) {
      assertThatThrownBy(() -> parse(json)).as(json).isInstanceOf(java.io.IOException.class);
    }
    assertThatThrownBy(() -> SecretRef.from(3)).isInstanceOf(IllegalArgumentException.class);
    assertThat(SecretRef.from(Map.of("env", "X")).place()).isEqualTo("environment variable X");
  }

  @Test
  void reference_printedOrSerialised_showsNoSecret() throws Exception {
    SecretRef plain = parse("\"plaintext\"");
    assertThat(plain).hasToString("***");
    assertThat(plain.isPlain()).isTrue();
    assertThat(new Holder(plain, null).toString()).doesNotContain("plaintext");
    assertThat(JSON.writeValueAsString(plain)).doesNotContain("plaintext");
  }

  @Test
  void fileThatChanges_isReadAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "first");
    Secrets secrets = secrets(Map.of("t", SecretRef.file(file.toString())));
    assertThat(secrets.value("t")).isEqualTo("first");
    Files.writeString(file, "second");
    assertThat(secrets.value("t")).isEqualTo("second");
    assertThat(masker.mask("first second")).isEqualTo("*** ***");
  }

  @Test
  void missingSecret_isNamedWithItsPlace() {
    Secrets secrets =
        secrets(Map.of("db", SecretRef.env("NOT_SET"), "f", SecretRef.file("/no/file")));
    assertThatThrownBy(() -> secrets.value("db"))
        .isInstanceOf(SecretUnavailable.class)
        .hasMessage("secret 'db': environment variable NOT_SET is not set or empty");
    assertThatThrownBy(() -> secrets.value("f")).hasMessageContaining("/no/file");
    assertThatThrownBy(() -> secrets.value("x")).hasMessageContaining("add it to 'secrets'");
  }

  @Test
  void learn_reportsWhatIsMissingShortOrPlain() {
    Secrets secrets =
        secrets(
            Map.of(
                "gone", SecretRef.env("NOT_SET"),
                "ok", SecretRef.env("DB_PASSWORD"),
                "plain", SecretRef.valueOf("abc")));
    assertThat(secrets.learn())
        .containsExactly(
            "secret 'gone': environment variable NOT_SET is not set or empty",
            "secret 'plain' is shorter than 4 characters: it is not masked",
            "secret 'plain' stands in config.yml as plain text: use env or file");
    assertThat(masker.mask("hunter2")).isEqualTo("***");
  }
}
