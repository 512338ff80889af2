package dev.firebreak.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.channel.Channel;
import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Notice;
import dev.firebreak.core.Message;
import dev.firebreak.expression.Templates;
import dev.firebreak.outbox.CourierException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyCourierTest {
  private static final Map<String, Object> FACTS =
      Map.of(
          "incident",
          Map.of("id", "inc_1", "title", "Redis is down", "url", "https://fb/incidents/inc_1"));

  @TempDir Path templates;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Recording cache = new Recording("#cache");
  private final Recording mail = new Recording("mail");

  @BeforeEach
  void write() throws Exception {
    template("summary", "Subject: [x] {{incident.title}}\n\nIt is {{incident.id}}.\n");
  }

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void carry_rendersTheTemplateWithTheFactsOfNow() {
    String receipt = courier(cache).carry(message(List.of("#cache"), "summary"));

    assertThat(receipt).isEqualTo("#cache: ok");
    assertThat(cache.sent)
        .containsExactly(
            new Notice(
                "run_1/finally-1",
                "inc_1",
                "[x] Redis is down",
                "It is inc_1.",
                "https://fb/incidents/inc_1"));
  }

  @Test
  void carry_firstChannelDead_tellsTheNextAndSaysSo() {
    String receipt =
        courier(Recording.refusing("#cache", false), mail)
            .carry(message(List.of("#cache", "mail"), "summary"));

    assertThat(receipt).isEqualTo("mail: ok (after channel '#cache': is down)");
    assertThat(mail.sent).hasSize(1);
  }

  @Test
  void carry_firstChannelHangs_tellsTheNext() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Channel hanging =
        new Channel() {
          @Override
          public String name() {
            return "#cache";
          }

          @Override
          public String send(Notice notice) {
            try {
              return "freed: " + never.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }
        };

    String receipt = courier(hanging, mail).carry(message(List.of("#cache", "mail"), "summary"));
    never.countDown();

    assertThat(receipt).startsWith("mail: ok (after channel '#cache' gave no answer");
  }

  @Test
  void carry_unknownChannel_isPermanentAndNamed() {
    assertThatThrownBy(() -> courier(mail).carry(message(List.of("mial"), "summary")))
        .isInstanceOfSatisfying(CourierException.class, e -> assertThat(e.permanent()).isTrue())
        .hasMessageContaining("no channel 'mial'")
        .hasMessageContaining("did you mean 'mail'?");
  }

  @Test
  void carry_oneUnknownAndOneDown_isTriedAgain() {
    NotifyCourier courier = courier(Recording.refusing("mail", false));

    assertThatThrownBy(() -> courier.carry(message(List.of("nobody", "mail"), "summary")))
        .isInstanceOfSatisfying(CourierException.class, e -> assertThat(e.permanent()).isFalse())
        .hasMessageContaining("'nobody'")
        .hasMessageContaining("is down");
  }

  @Test
  void carry_templateWithAFault_stillTellsPeople() throws Exception {
    template("broken", "{{incident.nothing}}");

    assertThat(
            courier(cache)
                .carry(
                    new Message(
                        "notify",
                        "k",
                        Map.of(
                            "incident",
                            "inc_1",
                            "channels",
                            List.of("#cache"),
                            "template",
                            "broken",
                            "model",
                            Map.of("escalation", Map.of("why", "disk is full"))))))
        .startsWith("#cache: ok");

    Notice told = cache.sent.getFirst();
    assertThat(told.subject()).contains("Redis is down");
    assertThat(told.text())
        .contains("why: disk is full", "template 'broken' could not be filled in")
        .contains("incident.nothing");
    assertThat(told.link()).isEqualTo("https://fb/incidents/inc_1");
  }

  @Test
  void carry_valuesWithControlCharacters_areShownWithoutThem() {
    NoticeFacts evil =
        (incident, run) ->
            Map.of(
                "incident",
                Map.of("id", "inc_1", "title", "a\u0007b\r\nBcc: x\u202e", "url", "https://fb"));

    String receipt =
        new NotifyCourier(new Channels(List.of(cache)), new Templates(templates), evil, threads)
            .carry(message(List.of("#cache"), "summary"));

    assertThat(receipt).isEqualTo("#cache: ok");
    assertThat(cache.sent.getFirst().subject()).isEqualTo("[x] ab");
  }

  @Test
  void carry_textAndSubjectGiven_areSentAsTheyAre() {
    Message message =
        new Message(
            "notify",
            "k",
            Map.of(
                "incident", "inc_1",
                "channel", "#cache",
                "text", "Subject: not one\n{{incident.id}}",
                "subject", "own\nsubject"));

    assertThat(courier(cache).carry(message)).isEqualTo("#cache: ok");

    Notice told = cache.sent.getFirst();
    assertThat(told.subject()).isEqualTo("own subject");
    assertThat(told.text()).isEqualTo("Subject: not one\n{{incident.id}}");
  }

  @Test
  void carry_messageThatNamesNobody_isPermanent() {
    assertThatThrownBy(
            () ->
                courier(cache)
                    .carry(new Message("notify", "k", Map.of("incident", "i", "text", "t"))))
        .isInstanceOfSatisfying(CourierException.class, e -> assertThat(e.permanent()).isTrue());
  }

  private void template(String name, String text) throws Exception {
    assertThat(Files.writeString(templates.resolve(name + ".mustache"), text)).exists();
  }

  private NotifyCourier courier(Channel... channels) {
    return new NotifyCourier(
        new Channels(List.of(channels)),
        new Templates(templates),
        (incident, run) -> FACTS,
        threads,
        Duration.ofMillis(500));
  }

  private static Message message(List<String> channels, String template) {
    return new Message(
        "notify",
        "run_1/finally-1",
        Map.of("incident", "inc_1", "run", "run_1", "channels", channels, "template", template));
  }
}
