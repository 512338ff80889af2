package dev.firebreak.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.demo.Screen.Sign;
import dev.firebreak.run.JournalEntry;
import java.util.function.Consumer;

/** Tells a human what was put on record, line by line; leaves out what only machines need. */
final class Teller implements Consumer<JournalEntry> {
  private final Screen screen;
  private final ObjectMapper json;

  Teller(Screen screen, ObjectMapper json) {
    this.screen = screen;
    this.json = json;
  }

  @Override
  public void accept(JournalEntry entry) {
    switch (entry.kind()) {
      case "alert.firing" -> say(Sign.ALARM, "alert", entry.text());
      case "alert.resolved" -> say(Sign.GOOD, "alert", entry.text());
      case "incident.opened" -> say(Sign.PLAIN, "incident", entry.text());
      case "incident.resolved" -> say(Sign.GOOD, "incident", "over: " + entry.text());
      case "run.started" -> say(Sign.DOES, "runbook", entry.text());
      case "intent.committed" ->
          say(Sign.DOES, entry, entry.text() + " (on record before it is done)");
      case "artifact.kept" -> say(Sign.PAPER, entry, entry.text());
      case "ticket.opened" -> say(Sign.PAPER, "ticket", "opened");
      case "ticket.updated" -> ticket(entry);
      case "gate.opened" -> {} // its guard has said so
      case "message.failed", "message.given-up" -> say(Sign.BAD, "message", entry.text());
      default -> other(entry);
    }
  }

  private void other(JournalEntry entry) {
    String room = entry.kind().substring(0, entry.kind().indexOf('.'));
    switch (room) {
      case "step" -> step(entry);
      case "run" -> say(good(entry.kind()), "runbook", entry.text());
      case "guard" -> say(Sign.ASKS, entry, entry.text());
      case "gate" -> say(Sign.HUMAN, "gate", entry.text());
      case "review" -> say(Sign.HUMAN, "review", entry.text());
      case "escalation" -> say(Sign.HUMAN, "escalation", entry.text());
      default -> {}
    }
  }

  private static Sign good(String kind) {
    return kind.equals("run.mitigated") || kind.equals("run.succeeded") ? Sign.GOOD : Sign.BAD;
  }

  /** Of steps, their ends: where nothing was kept and nothing failed, the end says nothing new. */
  private void step(JournalEntry entry) {
    String phase = data(entry).path("phase").asText();
    if (entry.kind().equals("step.failed")) {
      say(Sign.BAD, entry, after(entry.text()));
    } else if (entry.kind().equals("step.unknown")) {
      say(Sign.BAD, entry, entry.text());
    } else if (entry.kind().equals("step.succeeded") && phase.equals("change")) {
      say(Sign.GOOD, entry, "applied in " + seconds(entry));
    } else if (entry.kind().equals("step.succeeded") && phase.equals("verify")) {
      say(Sign.GOOD, "verify", "checked from outside: it answers, and says that it is well");
    }
  }

  private String seconds(JournalEntry entry) {
    return "%.1f s".formatted(data(entry).path("duration_ms").asDouble() / 1000);
  }

  private static String after(String text) {
    return text.substring(text.indexOf(": ") + 2);
  }

  private void ticket(JournalEntry entry) {
    JsonNode data = data(entry);
    if (data.path("resolved").asBoolean()) {
      say(Sign.PAPER, "ticket", "resolved");
    } else {
      say(Sign.PAPER, "ticket", data.path("attached").size() + " artifacts attached");
    }
  }

  private JsonNode data(JournalEntry entry) {
    try {
      return json.readTree(entry.data());
    } catch (JsonProcessingException e) {
      return json.createObjectNode();
    }
  }

  private void say(Sign sign, JournalEntry entry, String text) {
    say(sign, entry.stepId() == null ? "" : entry.stepId(), text);
  }

  private void say(Sign sign, String who, String text) {
    screen.line(sign, "%-9s %s".formatted(who, text));
  }
}
