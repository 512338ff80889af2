package dev.firebreak.ticket;

import dev.firebreak.outbox.CourierException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A ticket system whose caller dies at one of its calls: before the call, or after its effect. */
final class MortalTickets implements TicketSystem {
  private final TicketSystem inner;
  private final int dieAt;
  private final boolean afterEffect;
  private int calls;

  /**
   * @param dieAt the call, from 1
   */
  MortalTickets(TicketSystem inner, int dieAt, boolean afterEffect) {
    this.inner = inner;
    this.dieAt = dieAt;
    this.afterEffect = afterEffect;
  }

  private <T> T call(Supplier<T> effect) {
    calls++;
    if (calls == dieAt && !afterEffect) {
      throw new CourierException("died before call " + calls, false, null);
    }
    T result = effect.get();
    if (calls == dieAt) {
      throw new CourierException("died after call " + calls + ": " + result, false, null);
    }
    return result;
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public Markup markup() {
    return inner.markup();
  }

  @Override
  public Optional<Ref> find(String marker) {
    return call(() -> inner.find(marker));
  }

  @Override
  public Shown open(String marker, String subject, String text, String severity) {
    return call(() -> inner.open(marker, subject, text, severity));
  }

  @Override
  public void note(Ref ticket, String text) {
    boolean done =
        call(
            () -> {
              inner.note(ticket, text);
              return true;
            });
    assert done;
  }

  @Override
  public boolean attach(Ref ticket, String name, String mediaType, byte[] content) {
    return call(() -> inner.attach(ticket, name, mediaType, content));
  }

  @Override
  public void resolve(Ref ticket, @Nullable String note) {
    boolean done =
        call(
            () -> {
              inner.resolve(ticket, note);
              return true;
            });
    assert done;
  }

  @Override
  public Optional<Shown> look(Ref ticket) {
    return call(() -> inner.look(ticket));
  }
}
