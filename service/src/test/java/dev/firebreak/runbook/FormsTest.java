package dev.firebreak.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Forms as authors write them, and as people fill them in. */
class FormsTest {
  private static final String BOOK =
      """
      runbook: scale
      owner: ops
      on:
        alert: alert.labels.alertname == 'Slow'
        incident: "slow/{{alert.labels.app}}"
      remediate:
        - id: scale
          target: "TARGET"
          limit: {max: 5, per: 1h}
          approve:
            by: [ana]
            form:
              - FIELD
          do:
            command: {run: [scale, "PARAM"]}
          idempotent: true
          verify: {tcp: {host: app, port: 80}, expect: "EXPECT"}
          undo: null
      escalate: {to: oncall}
      """;

  private static Loaded load(String field, String arg, String more) {
    String[] parts = more.split("\\|", -1);
    return new RunbookLoader(new ShippedRunbooksTest.RealActions())
        .load(
            "scale.yml",
            BOOK.replace("FIELD", field)
                .replace("PARAM", arg)
                .replace("TARGET", parts[0].isEmpty() ? "app/x" : parts[0])
                .replace("EXPECT", parts.length < 2 ? "true" : parts[1]));
  }

  static Stream<Arguments> mistakes() {
    String good = "{name: replicas, type: integer}";
    String uses = "{{steps.scale.answers.replicas}}";
    return Stream.of(
        Arguments.of("{name: replicas, type: interger}", uses, "", "13:34", "integer"),
        Arguments.of("{name: Replicas}", "x", "", "13:18", "a name of small letters"),
        Arguments.of("{name: a, requird: true}", "x", "", "13:21", "required"),
        Arguments.of(good, "{{steps.scale.answers.replica}}", "", "15:31", "'replicas'"),
        Arguments.of(good, uses, "|steps.scale.answers.replica > 1", "17:", "replicas"),
        Arguments.of(good, "{{steps.scale.attempt}}", "", "15:", "has no 'attempt'"),
        Arguments.of(good, uses, "app/" + uses, "8:", "no step 'scale'"),
        Arguments.of(
            "{name: dry, type: boolean}",
            "{{#steps.scale.answers.dry}}--dry{{/steps.scale.answers.dry}}",
            "",
            "15:",
            "decides nothing"),
        Arguments.of("{name: a, required: false}", "x", "", "13:31", "needs a default"),
        Arguments.of("{name: a, type: choice}", "x", "", "13:27", "a choice needs options"),
        Arguments.of("{name: a, options: [b, c]}", "x", "", "13:30", "only a choice has options"),
        Arguments.of("{name: a, min: 3}", "x", "", "13:26", "only an integer or a number has min"),
        Arguments.of(
            "{name: a, type: integer, min: 3, max: 2}", "x", "", "13:49", "max is less than min"),
        Arguments.of(
            "{name: a, type: integer, max: 2, default: 3}", "x", "", "13:", "must be at most 2"),
        Arguments.of("{name: a, type: duration, default: soon}", "x", "", "13:", "like 30s"),
        Arguments.of("{name: a}\n        - {name: a}", "x", "", "14:", "asked for twice"),
        Arguments.of("{name: db_password}", "x", "", "13:", "sounds like a secret"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistake_isNamedWithItsPlace(
      String field, String arg, String more, String place, String words) {
    assertThat(load(field, arg, more).problems())
        .extracting(Problem::asLine)
        .anySatisfy(line -> assertThat(line).contains("scale.yml:" + place, words));
  }

  @Test
  void formThatPeopleMayNotBeAsked_needsDefaults() {
    String text =
        BOOK.replace("FIELD", "{name: size, type: integer}")
            .replace("by: [ana]", "by: [ana]\n      when: limit.used > 0");
    assertThat(new RunbookLoader(new ShippedRunbooksTest.RealActions()).load("s", text).problems())
        .extracting(Problem::asLine)
        .anySatisfy(line -> assertThat(line).contains("nobody answers 'size'"));
  }

  @Test
  void goodForm_isRead() {
    Loaded loaded =
        load(
            "{name: replicas, label: How many?, help: 20 fit, type: integer, min: 1, max: 20}",
            "{{steps.scale.answers.replicas}}",
            "|steps.scale.answers.replicas > 1");
    assertThat(loaded.problems()).isEmpty();
    AnswerForm form = Objects.requireNonNull(loaded.runbook()).remediate().getFirst().form();
    assertThat(form.fields())
        .singleElement()
        .hasToString(AnswerForm.ofModel(form.asModel()).fields().getFirst().toString());
    assertThat(form.fields().getFirst().required()).isTrue();
  }

  private static AnswerForm one(FormType type, String... options) {
    return new AnswerForm(
        List.of(
            new FormField(
                "x",
                "x",
                "",
                type,
                true,
                null,
                type == FormType.NUMBER ? new BigDecimal("0.5") : null,
                null,
                List.of(options))));
  }

  @Test
  void answers_areTyped() {
    assertThat(one(FormType.INTEGER).fill(Map.of("x", " 4 ")).answers()).containsEntry("x", 4L);
    assertThat(one(FormType.INTEGER).fill(Map.of("x", 4.0)).answers()).containsEntry("x", 4L);
    assertThat(one(FormType.NUMBER).fill(Map.of("x", "0.75")).answers()).containsEntry("x", 0.75);
    assertThat(one(FormType.BOOLEAN).fill(Map.of("x", "true")).answers()).containsEntry("x", true);
    assertThat(one(FormType.DURATION).fill(Map.of("x", "90s")).answers())
        .containsEntry("x", "1m30s");
    assertThat(one(FormType.CHOICE, "a", "b").fill(Map.of("x", "b")).answers())
        .containsEntry("x", "b");
  }

  @Test
  void whatDoesNotFit_isRefused() {
    assertThat(one(FormType.INTEGER).fill(Map.of("x", "4.5")).faults()).containsKey("x");
    assertThat(one(FormType.INTEGER).fill(Map.of("x", "9713405826190700")).faults())
        .as("what stands in a plan for an answer is none")
        .containsKey("x");
    assertThat(one(FormType.INTEGER).fill(Map.of("x", "1e999999999")).faults()).containsKey("x");
    assertThat(one(FormType.INTEGER).fill(Map.of("x", true)).faults()).containsKey("x");
    assertThat(one(FormType.NUMBER).fill(Map.of("x", 0.4)).faults())
        .containsEntry("x", "must be at least 0.5");
    assertThat(one(FormType.BOOLEAN).fill(Map.of("x", "yes")).faults()).containsKey("x");
    assertThat(one(FormType.TEXT).fill(Map.of("x", "a\nb")).faults()).containsKey("x");
    assertThat(one(FormType.TEXT).fill(Map.of("x", "a".repeat(501))).faults()).containsKey("x");
    assertThat(one(FormType.TEXT).fill(Map.of("x", List.of("a"))).faults()).containsKey("x");
    assertThat(one(FormType.CHOICE, "a", "b").fill(Map.of("x", "c")).faults())
        .containsEntry("x", "must be one of a, b; did you mean 'a'?");
    assertThat(one(FormType.TEXT).fill(Map.of("x", " ", "y", 1)).faults())
        .containsEntry("x", "must be answered")
        .containsKey("y");
  }
}
