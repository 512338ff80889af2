package dev.firebreak.channel.sms;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelParts;
import dev.firebreak.channel.ChannelSettings;
import dev.firebreak.channel.Posting;
import dev.firebreak.channel.Words;
import dev.firebreak.core.SecretRef;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * {@code type: sms}.
 *
 * @param account the account's id: {@code AC…} at Twilio
 * @param token the account's secret: {@code {env: NAME}} or {@code {file: path}}
 * @param from the sending number ({@code +491701234567}), a sender's name, or the id of a messaging
 *     service ({@code MG…})
 * @param to the readers' numbers, 1 to 10
 * @param segments the most short messages one notice may become, 1 to 10; 3 when not given
 * @param url where the service is, without a path; Twilio when not given
 * @param allowHttp whether an address without TLS is accepted; false when not given
 * @param timeout bound of one try, 1s to 20s; 10s when not given
 */
@JsonTypeName("sms")
public record SmsSettings(
    @Nullable String account,
    @Nullable SecretRef token,
    @Nullable String from,
    @Nullable List<String> to,
    @Nullable Integer segments,
    @Nullable String url,
    @Nullable Boolean allowHttp,
    @Nullable String timeout)
    implements ChannelSettings {
  private static final int USUAL_SEGMENTS = 3;
  private static final int MOST = 10;
  static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern SENDER = Pattern.compile("[A-Za-z0-9 ]{1,11}|MG[0-9a-zA-Z]{32}");

  @Override
  public Channel build(String name, ChannelParts parts) {
    boolean clear = Boolean.TRUE.equals(allowHttp);
    HttpUrl base = Words.address(name, "url", url, "https://api.twilio.com", clear);
    HttpUrl messages =
        base.newBuilder()
            .addPathSegments("2010-04-01/Accounts")
            .addPathSegment(account(name))
            .addPathSegment("Messages.json")
            .build();
    Posting posting = new Posting(name, parts, messages, Words.timeout(name, timeout));
    return new SmsChannel(
        name,
        posting,
        new SmsChannel.Line(
            account(name), Words.needed(name, "token", token), sender(name), readers(name)),
        most(name),
        parts.json());
  }

  private String account(String name) {
    String given = Words.needed(name, "account", account).strip();
    if (!given.matches("[A-Za-z0-9_-]{1,64}")) {
      throw Words.wrong(name, "account", "must be the account's id, letters and digits only");
    }
    return given;
  }

  private String sender(String name) {
    String given = Words.needed(name, "from", from).strip();
    if (!NUMBER.matcher(given).matches() && !SENDER.matcher(given).matches()) {
      throw Words.wrong(
          name,
          "from",
          "'%s' must be a number like +491701234567, a name of up to 11 letters, or MG…"
              .formatted(Words.line(given, 40)));
    }
    return given;
  }

  private List<String> readers(String name) {
    List<String> numbers = List.copyOf(Words.needed(name, "to", to));
    if (numbers.isEmpty() || numbers.size() > MOST) {
      throw Words.wrong(name, "to", "must have 1 to 10 numbers, not " + numbers.size());
    }
    for (String number : numbers) {
      if (!NUMBER.matcher(number).matches()) {
        throw Words.wrong(
            name, "to", "'%s' must be like +491701234567".formatted(Words.line(number, 40)));
      }
    }
    return numbers;
  }

  private int most(String name) {
    int given = segments == null ? USUAL_SEGMENTS : segments;
    if (given < 1 || given > MOST) {
      throw Words.wrong(name, "segments", "must be from 1 to 10, not " + given);
    }
    return given;
  }
}
