package dev.firebreak.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.channel.Channel;
import dev.firebreak.channel.Channels;
import dev.firebreak.fixtures.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialsTest {
  private final SettableClock clock = new SettableClock();
  private final Recording mail = new Recording("mail");
  private final Trials trials = trials(mail, Recording.refusing("#down", true));

  private Trials trials(Channel... channels) {
    return new Trials(new Channels(List.of(channels)), Runnable::run, "https://fb", clock);
  }

  @Test
  void test_reachesTheChannel_andSaysWhatItIsAndWhoSentIt() {
    Trials.Trial trial = trials.of("mail", "ana");

    assertThat(trial.delivered()).isTrue();
    assertThat(trial.answer()).isEqualTo("ok");
    assertThat(mail.sent)
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.subject()).isEqualTo("Test of the channel mail");
              assertThat(notice.text()).startsWith("ana sent this from Firebreak at 2");
              assertThat(notice.link()).isEqualTo("https://fb/channels");
            });
  }

  @Test
  void test_whenRefused_saysWhyAndWhetherForGood() {
    Trials.Trial trial = trials.of("#down", "ana");

    assertThat(trial.delivered()).isFalse();
    assertThat(trial.permanent()).isTrue();
    assertThat(trial.answer()).isEqualTo("channel '#down': is down");
  }

  @Test
  void test_inALoop_isHeldUpChannelByChannel_andGoesOnLater() {
    for (int i = 0; i < Trials.MOST; i++) {
      assertThat(trials.of("mail", "loop").delivered()).isTrue();
      clock.advance(Duration.ofSeconds(10));
    }

    assertThatThrownBy(() -> trials.of("mail", "loop"))
        .isInstanceOfSatisfying(
            Trials.TooOften.class, e -> assertThat(e.pause()).isEqualTo(Duration.ofSeconds(90)))
        .hasMessageContaining("channel 'mail' had 3 tests in 2 minutes");
    assertThat(trials.of("#down", "loop").delivered()).isFalse();
    clock.advance(Duration.ofSeconds(91));
    assertThat(trials.of("mail", "loop").delivered()).isTrue();
    assertThat(mail.sent).hasSize(4);
  }

  @Test
  void test_ofAChannelThatIsNotThere_isARefusalThatSaysWhatWasMeant() {
    assertThat(trials.unknown("mial")).hasValueSatisfying(s -> assertThat(s).contains("'mail'"));
    assertThat(trials.of("mial", "ana").delivered()).isFalse();
  }
}
