package dev.firebreak.ticket;

import dev.firebreak.outbox.CourierException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A ticket system in memory that can die before or after any of its calls. */
final class FaultyTickets implements TicketSystem {
  final List<String> subjects = new ArrayList<>();
  final List<String> texts = new ArrayList<>();
  final List<Attached> attached = new ArrayList<>();
  String status = "open";
  boolean gone;
  int calls;

  /** The call, from 1, at which it dies; 0 for never. */
  int dieAt;

  boolean dieAfterEffect;
  long maxSize = 1_000;

  private <T> T call(Supplier<T> effect) {
    calls++;
    if (calls == dieAt && !dieAfterEffect) {
      throw new CourierException("died before call " + calls, false, null);
    }
    T result = effect.get();
    if (calls == dieAt) {
      throw new CourierException("died after call " + calls, false, null);
    }
    return result;
  }

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
    return call(
        () ->
            !gone && subjects.stream().anyMatch(subject -> subject.contains(marker))
                ? Optional.of(ref())
                : Optional.empty());
  }

  @Override
  public Ref open(String marker, String subject, String text, String severity) {
    return call(
        () -> {
          gone = false;
          subjects.add(subject + " [" + marker + "]");
          texts.add(text);
          return ref();
        });
  }

  @Override
  public void note(Ref ticket, String text) {
    call(() -> texts.add(text));
  }

  @Override
  public boolean attach(Ref ticket, String name, String mediaType, byte[] content) {
    return call(
        () -> content.length <= maxSize && attached.add(new Attached(name, content.length)));
  }

  @Override
  public void resolve(Ref ticket, @Nullable String note) {
    call(
        () -> {
          status = "resolved";
          return note != null && texts.add(note);
        });
  }

  @Override
  public Optional<Shown> look(Ref ticket) {
    return call(() -> gone ? Optional.empty() : Optional.of(new Shown(ref(), texts, attached)));
  }
}
