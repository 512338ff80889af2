package dev.firebreak.notify;

import dev.firebreak.channel.Ask;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Notice;
import dev.firebreak.core.Message;
import dev.firebreak.core.Seal;
import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.expression.Templates;
import dev.firebreak.outbox.Courier;
import dev.firebreak.outbox.CourierException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Carries messages of kind {@code notify}: writes the notice from the facts as they are now, and
 * tries its channels in their order until one takes it. A channel that hangs is left behind after
 * 25 seconds, so that the next is tried within a minute. Thread-safe.
 */
public final class NotifyCourier implements Courier {
  private final PatientPost post;
  private final NoticeText texts;
  private final NoticeFacts facts;
  private final Invitation invitation;

  /**
   * @param executor runs each try; one of virtual threads
   */
  public NotifyCourier(
      Channels channels, Templates templates, NoticeFacts facts, Executor executor) {
    this(channels, templates, facts, executor, PatientPost.PATIENCE);
  }

  /** The same, signing the links with which people decide. */
  public NotifyCourier sealing(Seal seal, String baseUrl) {
    return new NotifyCourier(post, texts, facts, new Invitation(seal, baseUrl));
  }

  private NotifyCourier(
      PatientPost post, NoticeText texts, NoticeFacts facts, Invitation invitation) {
    this.post = post;
    this.texts = texts;
    this.facts = facts;
    this.invitation = invitation;
  }

  private static String noSecret() {
    throw new SecretUnavailable("config.yml has no siteSecret");
  }

  NotifyCourier(
      Channels channels,
      Templates templates,
      NoticeFacts facts,
      Executor executor,
      Duration patience) {
    this(
        new PatientPost(channels, executor, patience),
        new NoticeText(templates),
        facts,
        new Invitation(new Seal(NotifyCourier::noSecret, ""), ""));
  }

  @Override
  public String kind() {
    return NotifyMessage.KIND;
  }

  @Override
  public String carry(Message message) {
    NotifyMessage wanted = NotifyMessage.read(invitation.signed(message));
    Notice notice =
        texts
            .write(wanted, facts(wanted))
            .asking(Ask.ofPayload(message.payload().get("ask")).orElse(null));
    List<ChannelException> refusals = new ArrayList<>();
    for (String name : wanted.channels()) {
      try {
        return receipt(name, post.send(name, notice.to(wanted.to().get(name))), refusals);
      } catch (ChannelException e) {
        refusals.add(e);
      }
    }
    boolean permanent = refusals.stream().allMatch(ChannelException::permanent);
    throw new CourierException(sentence(refusals), permanent, refusals.getLast());
  }

  private java.util.Map<String, Object> facts(NotifyMessage wanted) {
    try {
      return facts.of(wanted.incident(), wanted.run());
    } catch (StoreUnavailable e) {
      throw new CourierException("the facts cannot be read: " + e.getMessage(), false, e);
    }
  }

  private static String receipt(String name, String answer, List<ChannelException> refusals) {
    return name + ": " + answer + (refusals.isEmpty() ? "" : " (after " + sentence(refusals) + ")");
  }

  private static String sentence(List<ChannelException> refusals) {
    return String.join("; ", refusals.stream().map(e -> String.valueOf(e.getMessage())).toList());
  }
}
