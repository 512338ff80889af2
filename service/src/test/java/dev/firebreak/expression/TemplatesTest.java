package dev.firebreak.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {
  @TempDir Path folder;

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name + ".mustache"), text);
  }

  @Test
  void get_whenTheFileChanges_readsItAgain() throws IOException {
    write("incident", "one {{x}}");
    Templates templates = new Templates(folder);
    Template first = templates.get("incident", Escape.TEXT);
    assertThat(first.render(Map.of("x", "y"))).isEqualTo("one y");
    assertThat(templates.get("incident", Escape.TEXT)).isSameAs(first);
    write("incident", "another {{x}}");
    assertThat(templates.get("incident", Escape.TEXT).render(Map.of("x", "y")))
        .isEqualTo("another y");
  }

  @Test
  void get_withAnotherEscape_isAnotherTemplate() throws IOException {
    write("a", "{{x}}");
    Templates templates = new Templates(folder);
    assertThat(templates.get("a", Escape.HTML).render(Map.of("x", "<"))).isEqualTo("&lt;");
    assertThat(templates.get("a", Escape.TEXT).render(Map.of("x", "<"))).isEqualTo("<");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../secret", "a/b", "A", "a.b", "a-", "-a", "a\u0000", "a\n"})
  void get_withAPathForAName_refuses(String name) throws IOException {
    Files.writeString(folder.resolve("secret.mustache"), "betrayed");
    Templates templates = new Templates(folder.resolve("sub"));
    assertThatThrownBy(() -> templates.get(name, Escape.TEXT))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("lower-case words");
    assertThat(templates.has(name)).isFalse();
  }

  @Test
  void get_ofWhatIsNotThere_namesWhatIs() throws IOException {
    write("incident", "x");
    assertThatThrownBy(() -> new Templates(folder).get("incidnet", Escape.TEXT))
        .hasMessageContaining("no template 'incidnet'")
        .hasMessageContaining("incident");
  }

  @Test
  void get_ofALink_refuses() throws IOException {
    Path outside = folder.resolve("outside.txt");
    Files.writeString(outside, "betrayed");
    Files.createSymbolicLink(folder.resolve("link.mustache"), outside);
    assertThatThrownBy(() -> new Templates(folder).get("link", Escape.TEXT))
        .hasMessageContaining("is no file");
  }

  @Test
  void get_ofABrokenTemplate_namesTheFile() throws IOException {
    write("bad", "{{> other}}");
    assertThatThrownBy(() -> new Templates(folder).get("bad", Escape.TEXT))
        .hasMessageContaining("bad.mustache")
        .hasMessageContaining("partials are not allowed");
  }
}
