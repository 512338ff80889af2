package dev.firebreak.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Cancellation;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class TicketActionTest {
  private final TicketAction action = new TicketAction(List.of("redmine", "file"));

  private static Message message(TicketAction action, Map<String, Object> params) {
    Outcome outcome =
        action.run(
            new Invocation(
                "run_1",
                "inc_1",
                "finally-1",
                1,
                "key",
                params,
                Map.of(),
                Duration.ofSeconds(1),
                new Cancellation()));
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return ((Outcome.Succeeded) outcome).messages().getFirst();
  }

  @Test
  void run_withAllParameters_answersWithAMessageAndSendsNothing() {
    assertThat(
            message(
                action,
                Map.of("system", "redmine", "template", "short", "attach", List.of("a.txt"))))
        .isEqualTo(
            new Message(
                "ticket",
                "run_1/finally-1",
                Map.of(
                    "incident", "inc_1",
                    "run", "run_1",
                    "step", "finally-1",
                    "system", "redmine",
                    "template", "short",
                    "attach", List.of("a.txt"))));
  }

  @Test
  void run_withOneSystem_needsNoParameters() {
    assertThat(message(new TicketAction(List.of("file")), Map.of()).payload())
        .containsEntry("system", "file")
        .containsEntry("template", "incident")
        .containsEntry("attach", "all");
  }

  @Test
  void run_withWrongParameters_namesThem() {
    assertThatThrownBy(() -> message(action, Map.of("system", "jira")))
        .isInstanceOf(BadParameter.class)
        .hasMessageContaining("'jira' (there are: file, redmine)");
    assertThatThrownBy(() -> message(action, Map.of())).hasMessageContaining("'system'");
    assertThatThrownBy(() -> message(new TicketAction(List.of()), Map.of("system", "x")))
        .hasMessageContaining("there are: none");
    assertThatThrownBy(() -> message(action, Map.of("system", "file", "attach", List.of())))
        .hasMessageContaining("empty list");
    assertThatThrownBy(() -> message(action, Map.of("system", "file", "attach", "some")))
        .hasMessageContaining("'attach'");
    assertThatThrownBy(() -> message(action, Map.of("system", "file", "template", "../x")))
        .hasMessageContaining("'template'");
  }

  @Test
  void changes_never_becauseItReports() {
    assertThat(action.changes(Map.of("system", "redmine"))).isFalse();
  }

  @Test
  void schema_knowsTheSystems() {
    assertThat(action.schema())
        .extracting("properties", InstanceOfAssertFactories.MAP)
        .extractingByKey("system", InstanceOfAssertFactories.MAP)
        .containsEntry("enum", List.of("file", "redmine"));
  }
}
