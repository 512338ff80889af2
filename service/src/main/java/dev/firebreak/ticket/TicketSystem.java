package dev.firebreak.ticket;

import java.util.List;
import java.util.Optional;

/**
 * One configured ticket system. Thread-safe. Faults are {@link
 * dev.firebreak.outbox.CourierException}s.
 */
public interface TicketSystem {
  /** The configured name. */
  String name();

  /**
   * The ticket that carries this marker, open or not.
   *
   * @param marker unique to the incident and written into the ticket: its id
   */
  Optional<Ref> find(String marker);

  /** Opens a ticket that carries the marker. */
  Ref open(String marker, String subject, String text);

  /** Adds a note. */
  void note(Ref ticket, String text);

  /** The names and sizes of what is attached. */
  List<Attached> attachments(Ref ticket);

  /**
   * Attaches a file; one that the system will not take because of its size is answered with false,
   * and the caller writes a link instead.
   */
  boolean attach(Ref ticket, String name, String mediaType, byte[] content);

  /** Moves the ticket to the configured status for a resolved incident, if one is configured. */
  void resolve(Ref ticket, String note);

  /** Reads the ticket back. */
  Ref read(Ref ticket);

  /**
   * A ticket in a system.
   *
   * @param ref the system's own key
   * @param url where people see it
   * @param status as the system words it
   */
  record Ref(String ref, String url, String status) {}

  /** What is attached to a ticket. */
  record Attached(String name, long size) {}
}
