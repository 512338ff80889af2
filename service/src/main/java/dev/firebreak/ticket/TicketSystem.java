package dev.firebreak.ticket;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One configured ticket system. Thread-safe; calls wait for the answer and are bounded in time.
 * Faults are {@link dev.firebreak.outbox.CourierException}s that say what to do, without secrets.
 */
public interface TicketSystem {
  /** The configured name. */
  String name();

  /** How texts are written for it. */
  Markup markup();

  /**
   * The ticket that carries this marker, open or not; the oldest, should humans have copied it.
   *
   * @param marker unique to the incident and written into the ticket: its id
   */
  Optional<Ref> find(String marker);

  /**
   * Opens a ticket that carries the marker, and answers with it as the system shows it then.
   *
   * @param severity as the alert words it, empty when it has none
   */
  Shown open(String marker, String subject, String text, String severity);

  /** Adds a note. */
  void note(Ref ticket, String text);

  /**
   * Attaches a file; one that the system will not take because of its size or kind is answered with
   * false, and the caller writes a link instead.
   *
   * @param name letters, digits, dots, hyphens and underscores
   */
  boolean attach(Ref ticket, String name, String mediaType, byte[] content);

  /**
   * Moves the ticket to the configured status for a resolved incident, if one is configured.
   *
   * @param note added in the same breath, or null when it is there already
   */
  void resolve(Ref ticket, @Nullable String note);

  /** Reads the ticket back; empty when it is not there any more. */
  Optional<Shown> look(Ref ticket);

  /**
   * A ticket in a system.
   *
   * @param ref the system's own key
   * @param url where people see it
   * @param status as the system words it
   */
  record Ref(String ref, String url, String status) {}

  /** What is attached to a ticket; sizes in bytes. */
  record Attached(String name, long size) {}

  /**
   * A ticket as it stands.
   *
   * @param texts its description and notes, as they were written
   * @param attached its files
   */
  record Shown(Ref ref, List<String> texts, List<Attached> attached) {
    public Shown {
      texts = List.copyOf(texts);
      attached = List.copyOf(attached);
    }

    /** Whether some text of the ticket holds this. */
    public boolean says(String part) {
      return texts.stream().anyMatch(text -> text.contains(part));
    }

    /** Whether a file of this name and size is attached. */
    public boolean has(String name, long size) {
      return attached.contains(new Attached(name, size));
    }
  }
}
