package dev.firebreak.notify;

import dev.firebreak.access.DecisionLink;
import dev.firebreak.channel.Ask;
import dev.firebreak.core.Instants;
import dev.firebreak.core.Message;
import dev.firebreak.oncall.Contact;
import dev.firebreak.runbook.AnswerForm;
import dev.firebreak.runbook.FormField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people that a gate asks them: written when it opens, and again each time it walks on.
 *
 * @param gateId the gate
 * @param walk which of its sets of people is asked now, from 0
 * @param incidentId its incident
 * @param runId its run, or null
 * @param question one sentence
 * @param why why it is asked
 * @param plan what would be done; JSON values, secrets masked
 * @param by the people and teams asked now
 * @param expiresAt until when
 */
public record GateNotice(
    String gateId,
    int walk,
    String incidentId,
    @Nullable String runId,
    String question,
    String why,
    Map<String, Object> plan,
    List<String> by,
    Instant expiresAt) {
  private static final Logger LOG = LoggerFactory.getLogger(GateNotice.class);

  public GateNotice {
    by = List.copyOf(by);
  }

  /**
   * One message for each channel and each contact that reaches somebody who is asked. A crash
   * between writing and sending doubles none: the key is made of gate, walk and way.
   *
   * @param audience who is reached, and how
   * @param alarms tried in their order when somebody is asked whom nobody can tell; may be empty,
   *     which is logged as a warning
   * @param baseUrl where the console is
   * @param planHash of the plan, for channels in which people decide
   */
  public List<Message> messages(
      Audience audience, List<String> alarms, String baseUrl, String planHash) {
    String link = page(baseUrl);
    List<Message> messages = new ArrayList<>();
    audience.channels().forEach(way -> messages.add(message(List.of(way), link, planHash)));
    each(
        audience.contacts(),
        (person, key, way) -> {
          Message plain = message(List.of(way.channel()), link, planHash);
          messages.add(new Message(plain.kind(), plain.key() + key, addressed(plain, way)));
        });
    if (!audience.silent().isEmpty() && !alarms.isEmpty()) {
      Message plain = message(alarms, link, planHash);
      messages.add(new Message(plain.kind(), plain.key() + "/silent", plain.payload()));
    } else if (!audience.silent().isEmpty()) {
      LOG.warn(
          "gate {} asks {}, whom nobody can tell: give them contacts in 'people' or their team a"
              + " 'channel', or name channels in 'alarms'",
          gateId,
          String.join(", ", audience.silent()));
    }
    return messages;
  }

  /**
   * One message for each contact of one who is asked, with a link of that person's own to decide
   * by.
   *
   * @param contacts the ways of each person that may carry such a link
   * @param planHash of the plan
   * @param until when the last who are asked have no more time
   */
  public List<Message> invitations(
      Map<String, List<Contact>> contacts, String baseUrl, String planHash, Instant until) {
    String link = page(baseUrl);
    List<Message> messages = new ArrayList<>();
    if (runId != null) {
      each(
          contacts,
          (person, key, way) -> {
            DecisionLink own = new DecisionLink(runId, gateId, planHash, person, until);
            Message plain = message(List.of(way.channel()), link, planHash);
            messages.add(invitation(plain, key, way, own));
          });
    }
    return messages;
  }

  /** What is done for one way to one person, whose key tells it from all other ways to them. */
  private interface Telling {
    void tell(String person, String key, Contact way);
  }

  private static void each(Map<String, List<Contact>> contacts, Telling telling) {
    contacts.forEach(
        (person, ways) -> {
          Set<String> channels = new HashSet<>();
          for (int i = 0; i < ways.size(); i++) {
            boolean first = channels.add(ways.get(i).channel());
            telling.tell(person, "/" + person + (first ? "" : "/" + i), ways.get(i));
          }
        });
  }

  private String page(String baseUrl) {
    return baseUrl.replaceAll("/+$", "") + "/gates/" + gateId;
  }

  private static Message invitation(Message plain, String key, Contact way, DecisionLink own) {
    Map<String, Object> payload = addressed(plain, way);
    payload.put("decision", own.asPayload());
    return new Message(plain.kind(), plain.key() + key, payload);
  }

  private static Map<String, Object> addressed(Message plain, Contact way) {
    Map<String, Object> payload = new LinkedHashMap<>(plain.payload());
    if (way.to() != null) {
      payload.put("to", Map.of(way.channel(), way.to()));
    }
    return payload;
  }

  private Message message(List<String> channels, String link, String planHash) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("incident", incidentId);
    if (runId != null) {
      payload.put("run", runId);
    }
    payload.put("channels", channels);
    payload.put("template", "gate");
    payload.put("ask", new Ask(gateId, planHash, !fields().isEmpty()).asPayload());
    payload.put("link", link);
    payload.put("model", Map.of("gate", model(link)));
    return new Message(
        NotifyMessage.KIND, gateId + "/" + walk + "/" + channels.getFirst(), payload);
  }

  private List<FormField> fields() {
    return AnswerForm.ofModel(plan.get(AnswerForm.KEY)).fields();
  }

  /** The plan, without the form, which is said in words. */
  private String words() {
    Map<String, Object> words = new java.util.LinkedHashMap<>(plan);
    words.remove(AnswerForm.KEY);
    return PlanText.of(words);
  }

  private Map<String, Object> model(String link) {
    return Map.of(
        "id",
        gateId,
        "question",
        question,
        "why",
        why,
        "plan",
        words(),
        "form",
        String.join(", ", fields().stream().map(FormField::label).toList()),
        "filled_in",
        !fields().isEmpty(),
        "by",
        String.join(", ", by),
        "expires_at",
        Instants.text(expiresAt),
        "walked",
        walk > 0,
        "url",
        link);
  }
}
