package dev.firebreak.channel.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.channel.Answering;
import dev.firebreak.channel.Ask;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.ForgedFeedback;
import dev.firebreak.channel.Parts;
import dev.firebreak.fixtures.SettableClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlackAppChannelTest {
  /** As Slack sends one, cut to what is read of it. */
  private static final String PRESS =
      """
      {"type": "block_actions", "user": {"id": "U0ANA", "username": "not-this"},
       "response_url": "URL/answers/1",
       "state": {"values": {"firebreak_reason": {"firebreak_reason":
         {"type": "plain_text_input", "value": " the replica is up "}}}},
       "actions": [{"action_id": "firebreak_approve", "type": "button", "value": "gate_1 hash"}]}\
      """;

  private final MockWebServer server = new MockWebServer();
  private final SettableClock clock = new SettableClock();
  private Answering channel;

  @BeforeEach
  void start() throws Exception {
    server.start();
    channel = build("");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String url() {
    return server.url("/").toString().replaceAll("/$", "");
  }

  private Answering build(String more) {
    return (Answering)
        Parts.channel(
            """
            {"type": "slack-app", "token": "xoxb-s3cr3t", "signingSecret": "signing",
             "conversation": "C024BE91L", "api": "%s", "allowHttp": true%s}\
            """
                .formatted(url(), more),
            clock);
  }

  private void answers(String body) {
    server.enqueue(new MockResponse.Builder().body(body).build());
  }

  private RecordedRequest taken() throws InterruptedException {
    return Objects.requireNonNull(server.takeRequest(5, TimeUnit.SECONDS));
  }

  private static JsonNode body(RecordedRequest request) throws Exception {
    return Parts.CONFIGURATION.readTree(Objects.requireNonNull(request.getBody()).utf8());
  }

  @Test
  void question_hasAReasonAndTwoButtons_andIsSettledByItsPlace() throws Exception {
    answers("{\"ok\": true, \"channel\": \"C024BE91L\", \"ts\": \"1763812800.000100\"}");
    String receipt =
        channel.send(Parts.notice("May <it>?", "why").asking(new Ask("gate_1", "hash")));
    RecordedRequest post = taken();
    assertThat(post.getTarget()).isEqualTo("/chat.postMessage");
    assertThat(post.getHeaders().get("Authorization")).isEqualTo("Bearer xoxb-s3cr3t");
    JsonNode sent = body(post);
    assertThat(sent.path("channel").asText()).isEqualTo("C024BE91L");
    assertThat(sent.findValuesAsText("action_id"))
        .containsExactly("firebreak_reason", "firebreak_approve", "firebreak_reject");
    assertThat(sent.findValuesAsText("value")).containsOnly("gate_1 hash");

    answers("{\"ok\": true}");
    channel.settle("#ops: " + receipt, "May <it>?", "ana rejected: no");
    RecordedRequest update = taken();
    assertThat(update.getTarget()).isEqualTo("/chat.update");
    JsonNode settled = body(update);
    assertThat(settled.path("ts").asText()).isEqualTo("1763812800.000100");
    assertThat(settled.path("channel").asText()).isEqualTo("C024BE91L");
    assertThat(settled.findValuesAsText("action_id")).isEmpty();
    assertThat(settled.path("text").asText()).contains("May &lt;it&gt;?", "ana rejected: no");
  }

  @Test
  void noticeWithoutQuestion_hasNoButtons_andGoesToAMember() throws Exception {
    answers("{\"ok\": true, \"channel\": \"D1\", \"ts\": \"1.2\"}");
    channel.send(Parts.notice("a", "b").to("U0ANA"));
    JsonNode sent = body(taken());
    assertThat(sent.path("channel").asText()).isEqualTo("U0ANA");
    assertThat(sent.findValuesAsText("action_id")).isEmpty();
    assertThat(channel.addressFault("ana")).isPresent();
  }

  @Test
  void refusalsInTheBody_areRefusals_andHideTheToken() {
    answers("{\"ok\": false, \"error\": \"channel_not_found\"}");
    assertThatThrownBy(() -> channel.send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isTrue())
        .hasMessageContaining("channel_not_found")
        .message()
        .doesNotContain("s3cr3t");
    answers("{\"ok\": false, \"error\": \"ratelimited\"}");
    assertThatThrownBy(() -> channel.send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isFalse());
  }

  private byte[] form(String payload) {
    return ("payload=" + URLEncoder.encode(payload.replace("URL", url()), StandardCharsets.UTF_8))
        .getBytes(StandardCharsets.UTF_8);
  }

  private String now() {
    return "" + clock.instant().getEpochSecond();
  }

  private static String sign(String secret, String timestamp, byte[] body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
    return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
  }

  private Answering.Press press(String payload) throws Exception {
    byte[] body = form(payload);
    return channel.pressed(sign("signing", now(), body), now(), body).orElseThrow();
  }

  @Test
  void formToFillIn_isAButtonThatOpensThePage() throws Exception {
    answers("{\"ok\": true, \"channel\": \"C1\", \"ts\": \"1\"}");
    channel.send(Parts.notice("a", "b").asking(new Ask("gate_1", "hash", true)));
    assertThat(taken().getBody().utf8())
        .contains("Fill in the form to approve", "\"url\":\"http", "firebreak_reject")
        .doesNotContain("firebreak_approve");
    byte[] opened = form(PRESS.replace("firebreak_approve", "firebreak_open"));
    assertThat(channel.pressed(sign("signing", now(), opened), now(), opened)).isEmpty();
  }

  @Test
  void signature_isSlacksOwn() throws Exception {
    SlackProof proof =
        new SlackProof(
            new dev.firebreak.core.Secrets(
                java.util.Map.of(), name -> null, new dev.firebreak.core.Masker()),
            new dev.firebreak.core.SecretRef(null, null, "8f742231b10e8888abcd99yyyzzz85a5"),
            () -> java.time.Instant.ofEpochSecond(1531420618));
    String body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    proof.check(
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "1531420618",
        body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void press_saysWhoWhatAndWhy_andIsAnsweredToItsAddress() throws Exception {
    Answering.Press press = press(PRESS);
    assertThat(press)
        .isEqualTo(
            new Answering.Press(
                "U0ANA",
                new Ask("gate_1", "hash"),
                true,
                "the replica is up",
                url() + "/answers/1"));
    assertThat(press(PRESS.replace("_approve", "_reject")).approve()).isFalse();
    answers("ok");
    channel.reply(press, "Counted");
    RecordedRequest reply = taken();
    assertThat(reply.getTarget()).isEqualTo("/answers/1");
    assertThat(reply.getHeaders().get("Authorization")).isNull();
    assertThat(body(reply).path("response_type").asText()).isEqualTo("ephemeral");
    assertThat(body(reply).path("replace_original").asBoolean()).isFalse();
  }

  @Test
  void answersGoToSlackOnly() throws Exception {
    Answering.Press elsewhere = press(PRESS.replace("URL/answers/1", "http://169.254.169.254/x"));
    assertThatThrownBy(() -> channel.reply(elsewhere, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another place than Slack's");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void forgedReplayedAndAlteredPresses_areRefused() throws Exception {
    byte[] body = form(PRESS);
    String good = sign("signing", now(), body);
    byte[] other = form(PRESS.replace("U0ANA", "U0EVE"));
    String then = now();
    forged(good, then, other);
    forged("", then, body);
    forged("v0=" + "0".repeat(64), then, body);
    forged(sign("guessed", then, body), then, body);
    forged(good.replace("v0", "v1"), then, body);
    forged(good, "", body);
    forged(good, "x", body);
    forged(good, "" + (Long.parseLong(then) + 1), body);
    clock.advance(Duration.ofSeconds(301));
    forged(good, then, body);
    String future = "" + clock.instant().plusSeconds(301).getEpochSecond();
    forged(sign("signing", future, body), future, body);
  }

  private void forged(String signature, String timestamp, byte[] body) {
    assertThatThrownBy(() -> channel.pressed(signature, timestamp, body))
        .isInstanceOf(ForgedFeedback.class);
  }

  @Test
  void otherActions_areNothingOfOurs_andNonsenseIsSaid() throws Exception {
    byte[] other = form(PRESS.replace("firebreak_approve", "somebody_elses"));
    assertThat(channel.pressed(sign("signing", now(), other), now(), other)).isEmpty();
    byte[] nonsense = "payload={".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> channel.pressed(sign("signing", now(), nonsense), now(), nonsense))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] nothing = "x=y".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> channel.pressed(sign("signing", now(), nothing), now(), nothing))
        .hasMessageContaining("'payload' is missing");
  }

  @Test
  void settings_nameWhatIsWrong() {
    assertThatThrownBy(() -> Parts.channel("{\"type\": \"slack-app\"}", clock))
        .hasMessageContaining("channels.ops.token: is missing");
    assertThatThrownBy(() -> build(", \"conversation\": \"#ops\""))
        .hasMessageContaining("channels.ops.conversation: must be an id");
  }
}
