package dev.firebreak.ticket;

import dev.firebreak.outbox.CourierException;
import dev.firebreak.run.Artifact;
import dev.firebreak.ticket.TicketSystem.Ref;
import dev.firebreak.ticket.TicketSystem.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One try of one message. Every step looks before it writes. Used by one thread. */
final class Carriage {
  private final TicketPorts ports;
  private final TicketRequest request;
  private final TicketFacts facts;
  private final TicketSystem system;
  private final TicketWords words;
  private final TicketRecord record;
  private final Map<String, String> names;
  private final List<String> linked = new ArrayList<>();
  private boolean opened;
  private boolean changed;

  Carriage(
      TicketPorts ports,
      TicketRequest request,
      TicketFacts facts,
      TicketSystem system,
      TicketWords words,
      TicketRecord record) {
    this.ports = ports;
    this.request = request;
    this.facts = facts;
    this.system = system;
    this.words = words;
    this.record = record;
    this.names = TicketNames.of(facts.artifacts());
  }

  /** Does what is not done yet, and says where the ticket is. */
  String go() {
    Optional<Shown> ticket = ticket();
    if (ticket.isEmpty()) {
      return "the incident has no ticket in " + request.system();
    }
    Shown shown = ticket.get();
    Ref ref = shown.ref();
    if (request.opens() && !shown.says(words.reference())) {
      change(() -> system.note(ref, words.update()));
    }
    List<Artifact> wanted = facts.artifacts().stream().filter(request::wants).toList();
    wanted.forEach(artifact -> attach(artifact, shown));
    if (facts.resolved()) {
      resolve(shown);
    }
    if (opened && !changed) {
      return ref.url();
    }
    Shown after = changed ? look(ref) : shown;
    List<String> attached = attached(wanted, after);
    record.updated(after.ref(), attached, linked, facts.resolved());
    return after.ref().url();
  }

  /** The ticket on record if it is still there, else the one that is found, else a new one. */
  private Optional<Shown> ticket() {
    Optional<Shown> known =
        facts.ticket().flatMap(t -> system.look(new Ref(t.ref(), t.url(), t.status())));
    if (known.isPresent()) {
      return known;
    }
    Optional<Ref> found = system.find(request.incident());
    if (found.isEmpty() && request.opens()) {
      Shown fresh = open();
      note(fresh.ref());
      opened = true;
      return Optional.of(fresh);
    }
    found.ifPresent(this::note);
    return found.map(this::look);
  }

  private void note(Ref ref) {
    if (isNews(ref)) {
      record.opened(ref);
    }
  }

  private boolean isNews(Ref ref) {
    return facts.ticket().filter(ticket -> ticket.ref().equals(ref.ref())).isEmpty();
  }

  private Shown open() {
    String severity = Optional.ofNullable(facts.incident().severity()).orElse("");
    return system.open(request.incident(), words.subject(), words.opening(), severity);
  }

  /** Once said, a human may have opened it again: only the message that asks for it insists. */
  private void resolve(Shown shown) {
    boolean said = shown.says(words.resolvedReference());
    if (!said) {
      change(() -> system.resolve(shown.ref(), words.resolution()));
    } else if (!request.opens()) {
      change(() -> system.resolve(shown.ref(), null));
    }
  }

  /** What the ticket shows must be read again after this. */
  private void change(Runnable change) {
    changed = true;
    change.run();
  }

  private Shown look(Ref ref) {
    return system
        .look(ref)
        .orElseThrow(
            () ->
                new CourierException(
                    "ticket %s in %s was there and cannot be read now"
                        .formatted(ref.ref(), request.system()),
                    false,
                    null));
  }

  private void attach(Artifact artifact, Shown shown) {
    String name = name(artifact);
    if (shown.has(name, artifact.size())) {
      return;
    }
    String reference = TicketWords.reference(artifact.id());
    if (shown.says(reference)) {
      linked.add(name);
      return;
    }
    change(() -> attachOrLink(artifact, name, shown.ref()));
  }

  private void attachOrLink(Artifact artifact, String name, Ref ref) {
    Optional<byte[]> content =
        ports.ledger().read(tx -> ports.artifacts().content(tx, artifact.id()));
    if (content.isEmpty() || !system.attach(ref, name, artifact.mediaType(), content.get())) {
      system.note(ref, words.link(artifact, name));
      linked.add(name);
    }
  }

  /** Trusts nothing but what the ticket system shows. */
  private List<String> attached(List<Artifact> wanted, Shown after) {
    List<String> attached = new ArrayList<>();
    for (Artifact artifact : wanted) {
      String name = name(artifact);
      if (after.has(name, artifact.size())) {
        attached.add(name);
      } else if (!linked.contains(name)) {
        throw new CourierException(
            "ticket %s in %s does not show the attachment %s of %d bytes that was just added"
                .formatted(after.ref().ref(), request.system(), name, artifact.size()),
            false,
            null);
      }
    }
    return attached;
  }

  private String name(Artifact artifact) {
    return java.util.Objects.requireNonNull(names.get(artifact.id()));
  }
}
