package dev.firebreak.web;

import dev.firebreak.engine.Backlog;
import dev.firebreak.engine.GlassDesk;
import dev.firebreak.engine.PromotionDesk;
import dev.firebreak.escalation.Escalations;
import dev.firebreak.escalation.FollowUps;
import dev.firebreak.escalation.ShiftDesk;
import dev.firebreak.gate.Gates;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.LimitDesk;
import dev.firebreak.guard.breaker.BreakerDesk;
import dev.firebreak.guard.freeze.FreezeDesk;
import dev.firebreak.notify.ContactDesk;
import dev.firebreak.notify.Trials;
import dev.firebreak.notify.UnheardDesk;
import dev.firebreak.notify.UnheardMessages;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.ticket.Tickets;
import java.util.Optional;

/** Where pages read what people were asked, told and given. */
public record Desks(
    Gates gates,
    Escalations escalations,
    Tickets tickets,
    Outbox outbox,
    AutomationSwitch automation,
    FreezeDesk freezes,
    BreakerDesk breakers,
    GlassDesk glass,
    LimitDesk limits,
    PromotionDesk promotions,
    Postmortems postmortems,
    Trials trials,
    ContactDesk contacts,
    ShiftDesk shifts,
    FollowUps followUps,
    Silence silence,
    Backlog backlog) {
  /** What nobody received: where it is kept, and whom to tell that somebody has seen it. */
  public record Silence(UnheardMessages kept, UnheardDesk desk) {}

  /** The drafts of postmortems. Thread-safe. */
  @FunctionalInterface
  public interface Postmortems {
    /**
     * The Markdown of an incident's draft; empty when there is none. To be asked in no transaction.
     *
     * @param whole from all of a long record, or only from its ends, to look at
     */
    Optional<String> draft(String incidentId, boolean whole);
  }
}
