package dev.firebreak.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Cancellation;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.channel.Channels;
import dev.firebreak.core.Message;
import dev.firebreak.expression.Templates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotifyActionTest {
  private final NotifyAction action =
      new NotifyAction(
          new Channels(List.of(new Recording("#cache"), new Recording("mail"))),
          new Templates(Path.of("../templates")));

  @Test
  void run_answersWithOneMessageWhoseKeyIsOfRunAndStep() {
    Message message = message(Map.of("channel", "#cache", "subject", "hello"));

    assertThat(message.key()).isEqualTo("run_1/finally-2");
    assertThat(message.kind()).isEqualTo("notify");
    assertThat(message.payload())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "incident", "inc_1",
                "run", "run_1",
                "step", "finally-2",
                "channels", List.of("#cache"),
                "template", "summary",
                "subject", "hello"));
  }

  @Test
  void run_withSeveralChannelsAndAText_keepsTheirOrder() {
    Message message = message(Map.of("channel", List.of("mail", "#cache"), "text", "done"));

    assertThat(message.payload())
        .containsEntry("channels", List.of("mail", "#cache"))
        .containsEntry("text", "done")
        .doesNotContainKey("template");
  }

  @Test
  void run_unknownChannelOrTemplate_isNamed() {
    assertThatThrownBy(() -> message(Map.of("channel", "#cach")))
        .isInstanceOf(BadParameter.class)
        .hasMessageContaining("no channel '#cach'")
        .hasMessageContaining("did you mean '#cache'?");
    assertThatThrownBy(() -> message(Map.of("channel", "mail", "template", "nothing")))
        .hasMessageContaining("there is no 'nothing'")
        .hasMessageContaining("summary");
    assertThatThrownBy(() -> message(Map.of("channel", List.of())))
        .hasMessageContaining("nobody would be told");
    assertThatThrownBy(() -> message(Map.of("channel", "mail", "template", "summary", "text", "x")))
        .hasMessageContaining("exclude each other");
  }

  @Test
  void changes_isFalse_becauseNothingIsRepaired() {
    assertThat(action.changes(Map.of())).isFalse();
  }

  private Message message(Map<String, Object> params) {
    Outcome outcome =
        action.run(
            new Invocation(
                "run_1",
                "inc_1",
                "finally-2",
                1,
                "run_1/finally-2",
                params,
                Map.of(),
                Duration.ofSeconds(10),
                new Cancellation()));
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return ((Outcome.Succeeded) outcome).messages().getFirst();
  }
}
