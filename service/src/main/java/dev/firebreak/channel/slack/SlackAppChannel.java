package dev.firebreak.channel.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.channel.Answering;
import dev.firebreak.channel.Ask;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Posting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Sends as a Slack app: to one conversation, or to one person; questions have buttons, which are
 * taken off once they are decided. Slack answers 200 to what it refuses, and says so in the body.
 * Thread-safe.
 */
final class SlackAppChannel implements Answering {
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final Pattern PLACE = Pattern.compile("([A-Z0-9]+)/([0-9]+\\.[0-9]+)");
  private static final Pattern ADDRESS = Pattern.compile("[CDGUW][A-Z0-9]{2,20}");
  private static final Set<String> LATER =
      Set.of(
          "ratelimited",
          "rate_limited",
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout");

  private final String name;
  private final String conversation;
  private final Calls calls;
  private final SlackProof proof;
  private final ObjectMapper json;

  /**
   * How Slack is asked.
   *
   * @param token of the app, for the two methods
   */
  record Calls(
      Posting post, Posting update, Replies replies, java.util.function.Supplier<String> token) {}

  /** Makes a way to answer at an address that a press named. */
  interface Replies {
    Posting to(String address);
  }

  SlackAppChannel(
      String name, String conversation, Calls calls, SlackProof proof, ObjectMapper json) {
    this.name = name;
    this.conversation = conversation;
    this.calls = calls;
    this.proof = proof;
    this.json = json;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> addressFault(@Nullable String address) {
    return address == null || ADDRESS.matcher(address).matches()
        ? Optional.empty()
        : Optional.of("'to' is no member of Slack like U024BE7LH (a profile shows it)");
  }

  @Override
  public String send(Notice notice) {
    List<Object> blocks = new ArrayList<>(SlackBlocks.of(notice));
    Ask ask = notice.ask();
    if (ask != null) {
      blocks.addAll(SlackBlocks.buttons(ask, notice.link()));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("channel", notice.to() == null ? conversation : notice.to());
    body.put("text", SlackBlocks.text(notice));
    body.put("blocks", blocks);
    body.put("unfurl_links", false);
    JsonNode answer = call(calls.post(), body);
    return answer.path("channel").asText() + "/" + answer.path("ts").asText();
  }

  @Override
  public void settle(String receipt, String subject, String text) {
    Matcher place = PLACE.matcher(receipt);
    if (!place.find()) {
      return;
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("channel", place.group(1));
    body.put("ts", place.group(2));
    body.put("text", SlackText.line(subject, 150) + "\n" + SlackText.lines(text, 3_000));
    body.put("blocks", SlackBlocks.said(subject, text));
    JsonNode unused = call(calls.update(), body);
  }

  private JsonNode call(Posting method, Map<String, Object> body) {
    Posting.Reply reply =
        method.exchange(
            RequestBody.create(write(body), JSON),
            Map.of("Authorization", "Bearer " + calls.token().get()));
    String unused = method.judged(reply);
    JsonNode answer = read(reply.body());
    if (!answer.path("ok").asBoolean()) {
      String error = answer.path("error").asText("no reason");
      throw method.refused("Slack refused: " + method.quoted(error), !LATER.contains(error), null);
    }
    return answer;
  }

  @Override
  public Optional<Press> pressed(String signature, String timestamp, byte[] body) {
    proof.check(signature, timestamp, body);
    JsonNode payload = read(SlackForm.payload(new String(body, StandardCharsets.UTF_8)));
    JsonNode action = payload.at("/actions/0");
    String id = action.path("action_id").asText();
    String[] value = action.path("value").asText().split(" ", -1);
    if (!payload.path("type").asText().equals("block_actions")
        || !Set.of(SlackBlocks.APPROVE, SlackBlocks.REJECT).contains(id)
        || value.length != 2) {
      return Optional.empty();
    }
    return Optional.of(
        new Press(
            payload.at("/user/id").asText(),
            new Ask(value[0], value[1]),
            id.equals(SlackBlocks.APPROVE),
            payload
                .at("/state/values/%s/%s/value".formatted(SlackBlocks.REASON, SlackBlocks.REASON))
                .asText("")
                .strip(),
            payload.path("response_url").asText()));
  }

  @Override
  public void reply(Press press, String text) {
    Posting posting = calls.replies().to(press.reply());
    String unused =
        posting.post(
            write(
                Map.of(
                    "response_type",
                    "ephemeral",
                    "replace_original",
                    false,
                    "text",
                    SlackText.lines(text, 3_000))),
            Map.of());
  }

  private JsonNode read(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("what Slack sent is no JSON", e);
    }
  }

  private byte[] write(Map<String, Object> body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new ChannelException("texts can always be written as JSON", true, e);
    }
  }
}
