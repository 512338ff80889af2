package dev.firebreak.notify;

import dev.firebreak.access.DecisionLink;
import dev.firebreak.access.Teams;
import dev.firebreak.channel.Ask;
import dev.firebreak.core.Message;
import dev.firebreak.oncall.Contact;
import java.time.Instant;
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
   * One message for each channel that reaches somebody who is asked. A crash between writing and
   * sending doubles none: the key is made of gate, walk and channel.
   *
   * @param baseUrl where the console is
   * @param planHash of the plan, for channels in which people decide
   * @return empty when no channel reaches anybody asked, which is logged as a warning
   */
  public List<Message> messages(Teams teams, String baseUrl, String planHash) {
    List<String> silent = teams.silent(by);
    if (!silent.isEmpty()) {
      LOG.warn(
          "gate {} asks {}, whom no channel reaches: give their team a 'channel' in config.yml",
          gateId,
          String.join(", ", silent));
    }
    String link = baseUrl.replaceAll("/+$", "") + "/gates/" + gateId;
    Set<String> channels = teams.channelsOf(by);
    return channels.stream().map(channel -> message(channel, link, planHash)).toList();
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
    String link = baseUrl.replaceAll("/+$", "") + "/gates/" + gateId;
    List<Message> messages = new java.util.ArrayList<>();
    if (runId != null) {
      contacts.forEach(
          (person, ways) ->
              ways.forEach(
                  way -> {
                    DecisionLink own = new DecisionLink(runId, gateId, planHash, person, until);
                    messages.add(invitation(message(way.channel(), link, planHash), way, own));
                  }));
    }
    return messages;
  }

  private static Message invitation(Message plain, Contact way, DecisionLink own) {
    Map<String, Object> payload = new java.util.LinkedHashMap<>(plain.payload());
    if (way.to() != null) {
      payload.put("to", Map.of(way.channel(), way.to()));
    }
    payload.put("decision", own.asPayload());
    return new Message(plain.kind(), plain.key() + "/" + own.person(), payload);
  }

  private Message message(String channel, String link, String planHash) {
    Map<String, Object> payload = new java.util.LinkedHashMap<>();
    payload.put("incident", incidentId);
    if (runId != null) {
      payload.put("run", runId);
    }
    payload.put("channels", List.of(channel));
    payload.put("template", "gate");
    payload.put("ask", new Ask(gateId, planHash).asPayload());
    payload.put("link", link);
    payload.put("model", Map.of("gate", model(link)));
    return new Message(NotifyMessage.KIND, gateId + "/" + walk + "/" + channel, payload);
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
        PlanText.of(plan),
        "by",
        String.join(", ", by),
        "expires_at",
        expiresAt.toString(),
        "walked",
        walk > 0,
        "url",
        link);
  }
}
