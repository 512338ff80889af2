package dev.firebreak.postmortem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.run.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A journal written by hand: each line is so many seconds after noon. */
final class Tale {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JournalEntry> entries = new ArrayList<>();
  private String run = "run_1";

  Tale run(String id) {
    run = id;
    return this;
  }

  Tale line(int second, String kind, String step, String text, Map<String, Object> data) {
    return line(second, "system:firebreak", kind, step, text, data);
  }

  Tale line(
      int second,
      String actor,
      String kind,
      @Nullable String step,
      String text,
      Map<String, Object> data) {
    String before = entries.isEmpty() ? JournalEntry.GENESIS : entries.getLast().hash();
    JournalEntry.Note note =
        new JournalEntry.Note(
            "inc_1",
            NOON.plusSeconds(second),
            actor,
            kind,
            step == null ? null : run,
            step,
            text,
            data);
    try {
      entries.add(
          JournalEntry.chain(note, entries.size() + 1L, JSON.writeValueAsString(data), before));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
    return this;
  }

  Tale person(int second, String name, String kind, String text) {
    return line(second, "person:" + name, kind, null, text, Map.of());
  }

  Tale event(int second, String kind, String text) {
    return line(second, "system:firebreak", kind, null, text, Map.of());
  }

  Tale step(int second, String phase, String step, String status) {
    return line(second, "step." + status, step, step + " " + status, Map.of("phase", phase));
  }

  Tale intent(int second, String step, String... targets) {
    return line(
        second,
        "intent.committed",
        step,
        "decides to do " + step,
        Map.of("targets", List.of(targets)));
  }

  Tale gate(int second, String kind, String gate, String text) {
    return line(second, kind, "restart", text, Map.of("gate", gate));
  }

  List<JournalEntry> entries() {
    return entries;
  }

  Chronicle told() {
    return Chronicle.of(
        Optional.of(NOON), entries.stream().map(entry -> Line.of(entry, JSON)).toList());
  }

  /** One restart, verified, as the engine tells it. */
  static Tale oneRestart() {
    return new Tale()
        .line(2, "source:am", "delivery.received", null, "Delivery from am", Map.of())
        .line(2, "source:am", "incident.opened", null, "Opened", Map.of())
        .line(2, "source:am", "alert.firing", null, "Firing", Map.of())
        .event(3, "run.started", "redis-down started")
        .step(3, "diagnose", "ping", "running")
        .step(4, "diagnose", "ping", "failed")
        .step(5, "diagnose", "info", "succeeded")
        .line(
            5,
            "artifact.kept",
            "info",
            "kept redis-info.txt",
            Map.of("artifact", "art_1", "name", "redis-info.txt"))
        .intent(6, "restart", "redis/cache-1")
        .step(6, "change", "restart", "running")
        .step(8, "change", "restart", "succeeded")
        .step(13, "verify", "restart.verify", "running")
        .step(14, "verify", "restart.verify", "succeeded")
        .event(15, "run.mitigated", "redis-down mitigated: restart verified")
        .line(
            16,
            "ticket.opened",
            "finally-1",
            "Ticket 7 in redmine",
            Map.of("system", "redmine", "ref", "7", "url", "https://redmine.example.com/issues/7"))
        .person(60, "ana", "incident.acknowledged", "ana acknowledges")
        .event(90, "incident.resolved", "every alert resolved and every run ended");
  }
}
