package dev.firebreak.ticket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ticket system in memory. */
final class MemoryTickets implements TicketSystem {
  final List<String> subjects = new ArrayList<>();
  final List<String> texts = new ArrayList<>();
  final List<Attached> attached = new ArrayList<>();
  String status = "open";
  boolean gone;

  private Ref ref() {
    return new Ref("1", "http://tickets/1", status);
  }

  @Override
  public String name() {
    return "redmine";
  }

  @Override
  public Markup markup() {
    return Markup.MARKDOWN;
  }

  @Override
  public Optional<Ref> find(String marker) {
    return !gone && subjects.stream().anyMatch(subject -> subject.contains(marker))
        ? Optional.of(ref())
        : Optional.empty();
  }

  @Override
  public Shown open(String marker, String subject, String text, String severity) {
    gone = false;
    subjects.add(subject + " [" + marker + "]");
    texts.add(text);
    return new Shown(ref(), texts, attached);
  }

  @Override
  public void note(Ref ticket, String text) {
    texts.add(text);
  }

  @Override
  public boolean attach(Ref ticket, String name, String mediaType, byte[] content) {
    return content.length <= 1_000 && attached.add(new Attached(name, content.length));
  }

  @Override
  public void resolve(Ref ticket, @Nullable String note) {
    status = "resolved";
    if (note != null) {
      texts.add(note);
    }
  }

  @Override
  public Optional<Shown> look(Ref ticket) {
    return gone ? Optional.empty() : Optional.of(new Shown(ref(), texts, attached));
  }
}
