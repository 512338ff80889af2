package dev.firebreak.notify;

import dev.firebreak.access.Teams;
import dev.firebreak.core.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
   * One message for each channel of the owner; where no channel reaches it, one that tries the
   * alarms in their order. Empty when there are none either, which is logged as a warning.
   *
   * @param alarms channels that hear of what else nobody would
   * @param link the page to look at
   */
  public List<Message> messages(
      Teams teams, List<String> alarms, String subject, String text, String link) {
    Set<String> own = teams.channelsOf(List.of(owner));
    List<List<String>> ways = new ArrayList<>(own.stream().map(List::of).toList());
    if (ways.isEmpty() && !alarms.isEmpty()) {
      ways.add(alarms);
    }
    if (ways.isEmpty()) {
      LOG.warn(
          "nobody can be told: {}. Give {} a 'channel' in config.yml, or name channels in alarms",
          text,
          owner);
    }
    return ways.stream().map(way -> message(way, subject, text, link)).toList();
  }

  private Message message(List<String> channels, String subject, String text, String link) {
    return new Message(
        NotifyMessage.KIND,
        key + "/" + channels.getFirst(),
        Map.of(
            "incident",
            incidentId,
            "channels",
            channels,
            "subject",
            subject,
            "text",
            text,
            "link",
            link));
  }
}
