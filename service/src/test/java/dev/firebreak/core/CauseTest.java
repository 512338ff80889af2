package dev.firebreak.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CauseTest {
  private static Map<String, Object> model(String annotation) {
    Map<String, String> annotations =
        annotation.isEmpty() ? Map.of() : Map.of(Cause.LABEL, annotation);
    return Map.of(
        "run", Map.of("id", "run_2", "runbook", "cache-flush"),
        "alert", Map.of("annotations", annotations, "labels", Map.of()));
  }

  @Test
  void runWithoutCause_beginsAChain() {
    assertThat(Cause.passedOn(model(""))).isEqualTo("run_2;depth=1;via=cache-flush");
    assertThat(Cause.passedOn(Map.of())).contains("depth=1");
  }

  @Test
  void runWithCause_goesOnWithIt() {
    assertThat(Cause.passedOn(model("run_1;depth=1;via=redis-down")))
        .isEqualTo("run_2;depth=2;via=redis-down,cache-flush");
  }

  @Test
  void annotation_winsOverLabel() {
    Map<String, Object> alert =
        Map.of(
            "annotations", Map.of(Cause.LABEL, "run_1;depth=1;via=a"),
            "labels", Map.of(Cause.LABEL, "run_0;depth=7;via=b"));
    assertThat(Cause.of(alert)).contains(new Cause("run_1", 1, List.of("a")));
    assertThat(Cause.of(Map.of("labels", Map.of(Cause.LABEL, "run_0;depth=7;via=b"))))
        .contains(new Cause("run_0", 7, List.of("b")));
    assertThat(Cause.of(Map.of("labels", Map.of("job", "redis")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "run_1",
        "run_1;depth=0;via=a",
        "run_1;depth=99999;via=a",
        "run 1;depth=1;via="
      })
  void whatCannotBeRead_isLongerThanAnyThatIsAllowed(String text) {
    assertThat(Cause.parse(text).depth()).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void longChain_staysReadable() {
    String text = "";
    for (int i = 0; i < 300; i++) {
      text = Cause.passedOn(model(text));
    }
    assertThat(Cause.parse(text).depth()).isEqualTo(300);
    assertThat(text).hasSizeLessThan(500);
  }
}
