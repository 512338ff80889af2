package dev.firebreak.api;

import dev.firebreak.access.SessionDesk;
import dev.firebreak.access.TokenDesk;
import dev.firebreak.channel.Channels;
import dev.firebreak.core.Seal;
import dev.firebreak.engine.Backlog;
import dev.firebreak.engine.GlassDesk;
import dev.firebreak.engine.Orders;
import dev.firebreak.engine.PromotionDesk;
import dev.firebreak.escalation.FollowUps;
import dev.firebreak.escalation.ShiftDesk;
import dev.firebreak.guard.LimitDesk;
import dev.firebreak.guard.breaker.BreakerDesk;
import dev.firebreak.guard.freeze.FreezeDesk;
import dev.firebreak.notify.ContactDesk;
import dev.firebreak.notify.Trials;
import dev.firebreak.oncall.People;
import dev.firebreak.runbook.Runbooks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whom the resources ask.
 *
 * @param backups makes a backup of the database; null when it cannot be asked here
 * @param trials sends test messages
 * @param contacts proves that people are reached
 * @param shifts who is on call
 * @param followUps snoozes, hands over, calls others to help
 * @param backlog what piled up while automation was halted
 * @param buttons what people press in messages
 * @param subscriptions secret addresses of calendars
 * @param teamsOf the teams a person is in, by the person's name
 */
public record ApiDesks(
    Orders orders,
    Runbooks runbooks,
    RunbookCheck check,
    PostmortemDraft postmortem,
    Function<String, Set<String>> teamsOf,
    TokenDesk tokens,
    SessionDesk sessions,
    FreezeDesk freezes,
    BreakerDesk breakers,
    GlassDesk glass,
    LimitDesk limits,
    PromotionDesk promotions,
    @Nullable Supplier<BackupsResource.BackupDoc> backups,
    Trials trials,
    ContactDesk contacts,
    Channels channels,
    ShiftDesk shifts,
    FollowUps followUps,
    Backlog backlog,
    Buttons buttons,
    Subscriptions subscriptions) {
  /**
   * What secret addresses of calendars are made of.
   *
   * @param seal made with the site's secret, for nothing else
   * @param baseUrl where they are read
   */
  public record Subscriptions(Seal seal, String baseUrl) {
    /** What the seal is for. */
    public static final String PURPOSE = "firebreak calendar v1";
  }

  /**
   * What is needed to hear what people press in messages.
   *
   * @param people whose contact is who
   * @param threads decides after the sender was answered; one of virtual threads
   */
  public record Buttons(People people, Executor threads) {}

  /** Finds what is wrong with the text of a runbook. Thread-safe. */
  @FunctionalInterface
  public interface RunbookCheck {
    /** All problems, errors and warnings; empty when there are none. */
    List<dev.firebreak.runbook.Problem> check(String file, String text);
  }

  /** Writes the draft of a postmortem. Thread-safe. */
  @FunctionalInterface
  public interface PostmortemDraft {
    /** The Markdown of an incident that is there; empty when there is none yet. */
    Optional<String> draft(String incidentId);
  }
}
