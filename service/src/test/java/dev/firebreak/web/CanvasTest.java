package dev.firebreak.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanvasTest {
  private final Canvas canvas = new Canvas();

  record Outer(String tone, List<Inner> items) {}

  record Inner(String word, int count, boolean big) {}

  record Wrong(Instant at) {}

  @Test
  void records_becomeMapsListsAndTexts() {
    assertThat(Plain.model(new Outer("good", List.of(new Inner("a", 3, true)))))
        .isEqualTo(
            Map.of(
                "tone", "good", "items", List.of(Map.of("word", "a", "count", "3", "big", true))));
  }

  @Test
  void otherThings_areNotShown() {
    assertThatThrownBy(() -> Plain.model(new Wrong(Instant.EPOCH)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Instant");
  }

  @Test
  void nameNobodyGave_isAnError() {
    assertThatThrownBy(() -> canvas.html("badge", Map.of("tone", "good")))
        .hasStackTraceContaining("nobody gave the template 'word'");
  }

  @Test
  void templatesOfOthers_areNotRead() {
    for (String name : List.of("../secret", "file:///etc/passwd", "/etc/passwd", "nope", "*tone")) {
      assertThatThrownBy(() -> canvas.html(name, Map.of()))
          .hasStackTraceContaining("no template '" + name + "' in the console");
    }
  }

  @Test
  void values_areNeverReadAsTemplates() {
    assertThat(canvas.html("badge", Map.of("tone", "good", "word", "{{tone}} {{>badge}}")))
        .isEqualTo("<span class=\"badge good\">{{tone}} {{&gt;badge}}</span>");
  }
}
