package dev.firebreak.postmortem;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.expression.Escape;
import dev.firebreak.expression.Templates;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Drafts postmortems with the template {@code postmortem}. A draft is computed anew each time from
 * what is on record, so it is never out of date; before the incident is resolved it says so.
 * Thread-safe.
 */
public final class PostmortemDesk {
  private static final String TEMPLATE = "postmortem";
  private static final int PAGE = 1_000;

  /** How many lines of each end of the record a draft is made from that is to be kept. */
  public static final int WHOLE = 10_000;

  /** How many lines of each end a draft is made from that somebody waits for, to look at. */
  public static final int GLANCE = 500;

  /** Nobody reads more lines than these of each end. */
  private static final int TIMELINE = 1_000;

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
   * @param lines how many lines of each end of the record it is made from; of a longer one the
   *     middle is left out, and the draft says so
   * @return empty when there is no such incident
   * @throws dev.firebreak.expression.ExpressionException when the template is missing or wrong
   */
  public Optional<String> draft(String incidentId, Instant now, int lines) {
    return ports
        .ledger()
        .read(tx -> ports.incidents().find(tx, incidentId))
        .map(incident -> draft(incident, now, lines));
  }

  /** Reads in several short transactions and writes in none: a long incident holds nobody up. */
  private String draft(Incident incident, Instant now, int lines) {
    Optional<Instant> alert =
        ports.ledger().read(tx -> ports.alerts().ofIncident(tx, incident.id())).stream()
            .map(stored -> stored.alert().startsAt())
            .min(Instant::compareTo);
    Tape<Line> journal = journal(incident.id(), lines);
    Chronicle chronicle = Chronicle.of(alert, journal.kept(Line::gap));
    List<Line> timeline = journal.ends(TIMELINE, Line::gap);
    List<Artifact> artifacts =
        ports.ledger().read(tx -> ports.artifacts().ofIncident(tx, incident.id()));
    Verbatim verbatim = new Verbatim();
    PostmortemModel model = new PostmortemModel(verbatim, baseUrl);
    String rendered =
        templates
            .get(TEMPLATE, Escape.MARKDOWN)
            .render(model.of(incident, chronicle, timeline, artifacts, now));
    return verbatim.restore(rendered);
  }

  /** What is left out is not read. */
  private Tape<Line> journal(String incident, int each) {
    long last = ports.ledger().read(tx -> ports.journal().last(tx, incident));
    long lost = Math.max(0, last - 2L * each);
    Tape<Line> tape = new Tape<>(each);
    add(tape, incident, 0, lost == 0 ? last : each);
    if (lost > 0) {
      tape.skip(lost);
      add(tape, incident, last - each, last);
    }
    return tape;
  }

  private void add(Tape<Line> tape, String incident, long after, long to) {
    for (long at = after; at < to; ) {
      List<JournalEntry> page = page(incident, at, (int) Math.min(PAGE, to - at));
      page.forEach(entry -> tape.add(Line.of(entry, json)));
      at = page.isEmpty() ? to : page.getLast().sequence();
    }
  }

  private List<JournalEntry> page(String incident, long after, int limit) {
    return ports.ledger().read(tx -> ports.journal().read(tx, incident, after, limit));
  }
}
