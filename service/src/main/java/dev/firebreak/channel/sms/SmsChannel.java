package dev.firebreak.channel.sms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Posting;
import dev.firebreak.core.SecretRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.FormBody;
import org.jspecify.annotations.Nullable;

/**
 * Sends a notice to each number in turn. A number that is refused for good does not keep the next
 * from being told; a service that does not answer does. It knows no ids of ours, so a repeat after
 * a crash arrives twice. Thread-safe.
 */
final class SmsChannel implements Channel {
  private static final int REFUSED = 400;

  private final String name;
  private final Posting posting;
  private final Line line;
  private final int segments;
  private final ObjectMapper json;

  SmsChannel(String name, Posting posting, Line line, int segments, ObjectMapper json) {
    this.name = name;
    this.posting = posting;
    this.line = line;
    this.segments = segments;
    this.json = json;
  }

  /** Who sends to whom. */
  record Line(String account, SecretRef token, String from, List<String> to) {}

  @Override
  public String name() {
    return name;
  }

  @Override
  public String send(Notice notice) {
    String text = ShortText.of(notice, segments);
    String reader = notice.to();
    List<String> readers = reader == null ? line.to() : List.of(reader);
    List<String> taken = new ArrayList<>();
    List<ChannelException> refusals = new ArrayList<>();
    for (String number : readers) {
      try {
        taken.add(sendTo(number, text));
      } catch (ChannelException e) {
        refusals.add(e);
        if (!e.permanent()) {
          break;
        }
      }
    }
    return summed(readers.size(), taken, refusals);
  }

  /** A number of its own is asked for: {@code to: [..]} of the channel are other people. */
  @Override
  public Optional<String> addressFault(@Nullable String address) {
    if (address == null) {
      return Optional.of("channel '%s' needs 'to': a number like +491701234567".formatted(name));
    }
    return SmsSettings.NUMBER.matcher(address).matches()
        ? Optional.empty()
        : Optional.of("'to' must be a number like +491701234567");
  }

  /** Some have it: to try again would tell them twice, so the others are named instead. */
  private String summed(int readers, List<String> taken, List<ChannelException> refusals) {
    if (refusals.isEmpty()) {
      return "accepted as " + String.join(", ", taken);
    }
    String why = String.join("; ", refusals.stream().map(Throwable::getMessage).toList());
    if (taken.isEmpty()) {
      boolean permanent = refusals.stream().allMatch(ChannelException::permanent);
      throw new ChannelException(why, permanent, refusals.getLast());
    }
    return "accepted as %s, but not for %d of %d numbers: %s"
        .formatted(String.join(", ", taken), readers - taken.size(), readers, why);
  }

  private String sendTo(String number, String text) {
    FormBody form =
        new FormBody.Builder()
            .add("To", number)
            .add(line.from().startsWith("MG") ? "MessagingServiceSid" : "From", line.from())
            .add("Body", text)
            .build();
    String password = posting.secret(line.token());
    Posting.Reply reply =
        posting.exchange(
            form, Map.of("Authorization", Credentials.basic(line.account(), password)));
    JsonNode said = read(reply.body());
    if (reply.code() / 100 == 2) {
      return said == null ? "HTTP " + reply.code() : said.path("sid").asText("without an id");
    }
    throw refused(reply, said, number);
  }

  /** Only a 400 is about this message: login, balance and limits can be put right. */
  private ChannelException refused(Posting.Reply reply, @Nullable JsonNode said, String number) {
    String words =
        said == null || !said.has("message")
            ? posting.quoted(reply.body())
            : posting.quoted(said.path("message").asText())
                + (said.has("code") ? " (error " + said.path("code").asInt() + ")" : "");
    return posting.refused(
        "%s answered %d for …%s: %s"
            .formatted(reply.host(), reply.code(), number.substring(number.length() - 3), words),
        reply.code() == REFUSED,
        null);
  }

  private @Nullable JsonNode read(String body) {
    try {
      JsonNode read = json.readTree(body);
      return read == null || !read.isObject() ? null : read;
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
