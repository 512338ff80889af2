package dev.firebreak.alert.alertmanager;

import dev.firebreak.alert.AlertDraft;
import dev.firebreak.alert.AlertFault;
import dev.firebreak.alert.AlertParser;
import dev.firebreak.alert.AlertText;
import dev.firebreak.alert.Headers;
import dev.firebreak.alert.JsonBody;
import dev.firebreak.alert.Parsed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Alertmanager posts: one body is a snapshot of one group. An alert that cannot be read
 * is set aside with its reason; the others are kept. Fields nobody needs are passed over. A missing
 * fingerprint is computed the way Alertmanager does it. Immutable and thread-safe.
 */
public final class AlertmanagerParser implements AlertParser {
  private final String source;
  private final int maxAlerts;

  /**
   * A parser for one source.
   *
   * @param source the configured source's name
   * @param maxAlerts the most alerts of one body
   */
  public AlertmanagerParser(String source, int maxAlerts) {
    this.source = source;
    this.maxAlerts = maxAlerts;
  }

  @Override
  public Parsed parse(byte[] body, Headers headers, Instant receivedAt) {
    Group group = JsonBody.read(body, in -> new GroupReader(in, maxAlerts).read());
    List<Parsed.Item> items = new ArrayList<>();
    for (GroupAlert alert : group.alerts()) {
      items.add(item(group, alert, items.size(), receivedAt));
    }
    return new Parsed(
        items, group.key(), "resolved".equals(group.status()), group.truncated(), List.of());
  }

  private Parsed.Item item(Group group, GroupAlert alert, int index, Instant receivedAt) {
    try {
      if (alert.fault() != null) {
        throw new AlertFault(alert.fault());
      }
      return draft(group, alert).checked(index, source, receivedAt);
    } catch (AlertFault e) {
      return new Parsed.Faulty(index, fingerprint(alert), "alerts[" + index + "]: " + message(e));
    }
  }

  private static String message(AlertFault fault) {
    return String.valueOf(fault.getMessage());
  }

  private static String fingerprint(GroupAlert alert) {
    String text = alert.text("fingerprint");
    return text == null ? "" : AlertText.shown(text);
  }

  private static AlertDraft draft(Group group, GroupAlert alert) {
    String status = alert.text("status");
    return new AlertDraft(
        alert.text("fingerprint"),
        status == null ? group.status() : status,
        alert.text("startsAt"),
        alert.text("endsAt"),
        alert.labels(),
        alert.annotations(),
        null,
        null,
        absolute(group.externalUrl(), alert.text("generatorURL")));
  }

  /** Grafana's links may be relative to the address it goes by. */
  private static @Nullable String absolute(@Nullable String base, @Nullable String link) {
    return link != null && link.startsWith("/") && !link.startsWith("//") && base != null
        ? base.replaceAll("/+$", "") + link
        : link;
  }
}
