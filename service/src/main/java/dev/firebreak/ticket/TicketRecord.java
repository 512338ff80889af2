package dev.firebreak.ticket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.outbox.CourierException;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.ticket.TicketSystem.Ref;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Puts tickets on record, each fact once. The entries' data: {@code system}, {@code ref}, {@code
 * url}, {@code status}, {@code message}; for {@code ticket.updated} also {@code attached}, {@code
 * linked} (names) and {@code resolved}.
 */
final class TicketRecord {
  private static final String OPENED = "ticket.opened";
  private static final String UPDATED = "ticket.updated";
  private static final long PATIENCE_SECONDS = 60;

  private final TicketPorts ports;
  private final TicketRequest request;
  private final TicketFacts facts;
  private final InstantSource clock;
  private final ObjectMapper json;

  TicketRecord(
      TicketPorts ports,
      TicketRequest request,
      TicketFacts facts,
      InstantSource clock,
      ObjectMapper json) {
    this.ports = ports;
    this.request = request;
    this.facts = facts;
    this.clock = clock;
    this.json = json;
  }

  /** The ticket is there and was not on record. */
  void opened(Ref ref) {
    Instant at = clock.instant();
    commit(
        tx -> {
          keep(tx, ref, at);
          append(tx, at, OPENED, "Ticket %s: %s".formatted(named(ref), ref.url()), details(ref));
        });
  }

  /** The message did all it asks for, and that was more than to open the ticket. */
  void updated(Ref ref, List<String> attached, List<String> linked, boolean resolved) {
    Instant at = clock.instant();
    Map<String, Object> details = details(ref);
    details.put("attached", attached);
    details.put("linked", linked);
    details.put("resolved", resolved);
    boolean said = said();
    commit(
        tx -> {
          keep(tx, ref, at);
          if (!said) {
            append(tx, at, UPDATED, sentence(ref, attached, linked, resolved), details);
          }
        });
  }

  private String sentence(Ref ref, List<String> attached, List<String> linked, boolean resolved) {
    return "Ticket %s: %d artifacts attached%s%s"
        .formatted(
            named(ref),
            attached.size(),
            linked.isEmpty() ? "" : ", " + linked.size() + " linked that it would not take",
            resolved ? ", status " + ref.status() : "");
  }

  private String named(Ref ref) {
    return ref.ref() + " in " + request.system();
  }

  private Map<String, Object> details(Ref ref) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("system", request.system());
    details.put("ref", ref.ref());
    details.put("url", ref.url());
    details.put("status", ref.status());
    details.put("message", request.key());
    return details;
  }

  private void keep(Tx tx, Ref ref, Instant at) {
    Instant opened = facts.ticket().map(Ticket::openedAt).orElse(at);
    ports
        .tickets()
        .keep(
            tx,
            new Ticket(
                request.incident(), request.system(), ref.ref(), ref.url(), ref.status(), opened));
  }

  private void append(Tx tx, Instant at, String kind, String text, Map<String, Object> details) {
    JournalEntry.Note note =
        new JournalEntry.Note(
            request.incident(),
            at,
            Actor.ENGINE.asText(),
            kind,
            request.run(),
            request.step(),
            text,
            details);
    JournalEntry entry = ports.journal().append(tx, note);
    tx.afterCommit(() -> ports.listener().recorded(entry));
  }

  /** Whether an earlier try of this message came to its end and only its receipt was lost. */
  private boolean said() {
    return facts.journal().stream()
        .filter(entry -> entry.kind().equals(UPDATED))
        .anyMatch(entry -> request.key().equals(message(entry)));
  }

  private String message(JournalEntry entry) {
    try {
      return json.readTree(entry.data()).path("message").asText();
    } catch (JsonProcessingException e) {
      throw new CourierException(
          "entry %d of incident %s is no JSON".formatted(entry.sequence(), request.incident()),
          true,
          e);
    }
  }

  private void commit(Consumer<Tx> work) {
    try {
      ports
          .ledger()
          .commit(
              tx -> {
                work.accept(tx);
                return true;
              })
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | CompletionException | TimeoutException e) {
      throw new CourierException(
          "the ticket is written but could not be put on record; this is tried again", false, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CourierException("stopped while the ticket was put on record", false, e);
    }
  }
}
