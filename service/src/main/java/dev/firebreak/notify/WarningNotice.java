package dev.firebreak.notify;

import dev.firebreak.access.Team;
import dev.firebreak.access.Teams;
import dev.firebreak.core.Message;
import dev.firebreak.oncall.Contact;
import dev.firebreak.oncall.People;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever answers for something that a guard stopped it.
 *
 * @param incidentId on whose record it stands
 * @param key of the messages, each with its channel: what has this key is sent once
 * @param owner a team or person
 */
public record WarningNotice(String incidentId, String key, String owner) {
  private static final Logger LOG = LoggerFactory.getLogger(WarningNotice.class);

  /**
   * One message for each channel of the owner, and for each contact of a person, or of the members
   * of a team without a channel; where none reaches it, one that tries the alarms in their order.
   * Empty when there are none either, which is logged as a warning.
   *
   * @param alarms channels that hear of what else nobody would
   * @param link the page to look at
   */
  public List<Message> messages(
      Teams teams, People people, List<String> alarms, String subject, String text, String link) {
    List<Message> messages = new ArrayList<>();
    for (String channel : teams.channelsOf(List.of(owner))) {
      messages.add(message(List.of(channel), "", null, subject, text, link));
    }
    for (String person : persons(teams)) {
      for (Contact way : people.contacts(person)) {
        String place = "/%s/%d".formatted(person, messages.size());
        messages.add(message(List.of(way.channel()), place, way.to(), subject, text, link));
      }
    }
    if (messages.isEmpty() && !alarms.isEmpty()) {
      messages.add(message(alarms, "", null, subject, text, link));
    }
    if (messages.isEmpty()) {
      LOG.warn(
          "nobody can be told: {}. Give {} a 'channel' or contacts in config.yml, or name channels"
              + " in alarms",
          text,
          owner);
    }
    return messages;
  }

  private List<String> persons(Teams teams) {
    Team team = teams.teams().get(owner);
    if (team == null) {
      return List.of(owner);
    }
    return team.channel() == null ? team.members() : List.of();
  }

  private Message message(
      List<String> channels,
      String place,
      @Nullable String to,
      String subject,
      String text,
      String link) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("incident", incidentId);
    payload.put("channels", channels);
    if (to != null) {
      payload.put("to", Map.of(channels.getFirst(), to));
    }
    payload.put("subject", subject);
    payload.put("text", text);
    payload.put("link", link);
    return new Message(NotifyMessage.KIND, key + "/" + channels.getFirst() + place, payload);
  }
}
