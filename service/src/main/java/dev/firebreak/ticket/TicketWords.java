package dev.firebreak.ticket;

import dev.firebreak.run.Artifact;
import java.util.Map;

/**
 * The texts that one message writes. Each ends with a reference line by which it is found again.
 */
final class TicketWords {
  private static final int MAX_TEXT = 60_000;
  private static final int MAX_SUBJECT = 180;
  private static final String NOTE = "ticket-note";

  private final TicketTexts texts;
  private final TicketModel model;
  private final TicketRequest request;
  private final TicketFacts facts;

  TicketWords(TicketTexts texts, TicketModel model, TicketRequest request, TicketFacts facts) {
    this.texts = texts;
    this.model = model;
    this.request = request;
    this.facts = facts;
  }

  /** By which a text is found again; nobody outside can guess a run's id. */
  static String reference(String key) {
    return "Firebreak reference (" + key + ")";
  }

  /** The reference of what the message itself writes. */
  String reference() {
    return reference(request.key());
  }

  /** The reference of the note that says the incident is over; one for each ticket. */
  String resolvedReference() {
    return reference(TicketMessages.resolvedKey(request.incident(), request.system()));
  }

  /** The ticket's subject, without the marker, as plain text. */
  String subject() {
    String title = Inert.oneLine(facts.incident().title());
    return title.length() <= MAX_SUBJECT
        ? title
        : title
                .codePoints()
                .limit(MAX_SUBJECT - 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            + "…";
  }

  String opening() {
    return text(request.template(), false, reference());
  }

  String update() {
    return text(NOTE, false, reference());
  }

  String resolution() {
    return text(NOTE, true, resolvedReference());
  }

  /** Says where an artifact is that the ticket system would not take. */
  String link(Artifact artifact, String name) {
    return model
            .markup()
            .document(
                "The ticket system does not take %s (%d bytes, SHA-256 %s). It is here: %s"
                    .formatted(
                        model.markup().value(name),
                        artifact.size(),
                        artifact.sha256(),
                        model.artifactUrl(artifact)))
        + "\n\n"
        + reference(artifact.id());
  }

  private String text(String template, boolean resolution, String reference) {
    Map<String, Object> filled = new java.util.LinkedHashMap<>(model.of(facts));
    filled.put("resolution", resolution);
    filled.put("news", model.markup().value(request.news()));
    String text = model.markup().document(texts.template(template).render(filled));
    if (text.length() > MAX_TEXT) {
      int end = text.lastIndexOf('\n', MAX_TEXT);
      String full = model.incidentUrl(request.incident());
      text = text.substring(0, Math.max(end, 0)) + "\n\n(Cut off here; the whole: " + full + ")";
    }
    return text + "\n\n" + reference;
  }
}
