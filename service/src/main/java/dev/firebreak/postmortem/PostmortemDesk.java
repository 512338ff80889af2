package dev.firebreak.postmortem;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Tx;
import dev.firebreak.expression.Escape;
import dev.firebreak.expression.Templates;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drafts postmortems with the template {@code postmortem}. A draft is computed anew each time from
 * what is on record, so it is never out of date; before the incident is resolved it says so.
 * Thread-safe.
 */
public final class PostmortemDesk {
  private static final String TEMPLATE = "postmortem";
  private static final int PAGE = 500;
  private static final int MOST_LINES = 20_000;

  private final PostmortemPorts ports;
  private final Templates templates;
  private final String baseUrl;
  private final ObjectMapper json;

  /**
   * @param baseUrl where the console is, for links
   */
  public PostmortemDesk(
      PostmortemPorts ports, Templates templates, String baseUrl, ObjectMapper json) {
    this.ports = ports;
    this.templates = templates;
    this.baseUrl = baseUrl.replaceAll("/+$", "");
    this.json = json;
  }

  /**
   * The draft of an incident's postmortem, in Markdown.
   *
   * @param now written into it
   * @return empty when there is no such incident
   * @throws dev.firebreak.expression.ExpressionException when the template is missing or wrong
   */
  public Optional<String> draft(String incidentId, Instant now) {
    return ports.ledger().read(tx -> draft(tx, incidentId, now));
  }

  /** The same, for who has a transaction open. */
  public Optional<String> draft(Tx tx, String incidentId, Instant now) {
    return ports.incidents().find(tx, incidentId).map(incident -> draft(tx, incident, now));
  }

  private String draft(Tx tx, Incident incident, Instant now) {
    Optional<Instant> alert =
        ports.alerts().ofIncident(tx, incident.id()).stream()
            .map(stored -> stored.alert().startsAt())
            .min(Instant::compareTo);
    Chronicle chronicle = Chronicle.of(alert, journal(tx, incident.id()), json);
    Verbatim verbatim = new Verbatim();
    PostmortemModel model = new PostmortemModel(verbatim, baseUrl);
    String rendered =
        templates
            .get(TEMPLATE, Escape.MARKDOWN)
            .render(
                model.of(
                    incident, chronicle, ports.artifacts().ofIncident(tx, incident.id()), now));
    return verbatim.restore(rendered);
  }

  private List<JournalEntry> journal(Tx tx, String incident) {
    List<JournalEntry> all = new ArrayList<>();
    List<JournalEntry> page;
    do {
      long after = all.isEmpty() ? 0 : all.getLast().sequence();
      page = ports.journal().read(tx, incident, after, PAGE);
      all.addAll(page);
    } while (page.size() == PAGE && all.size() < MOST_LINES);
    return all;
  }
}
