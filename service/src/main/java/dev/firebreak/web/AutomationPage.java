package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.Backlog;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.engine.Orders;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.HaltScope;
import dev.firebreak.runbook.Runbooks;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The halt switch. */
@Path("/automation")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class AutomationPage {
  private static final int HISTORY = 20;

  private final Pages pages;
  private final AutomationSwitch history;
  private final Backlog backlog;
  private final Orders orders;
  private final Runbooks runbooks;
  private final InstantSource clock;

  AutomationPage(Pages pages, Desks desks, Orders orders, Runbooks runbooks, InstantSource clock) {
    this.pages = pages;
    this.history = desks.automation();
    this.backlog = desks.backlog();
    this.orders = orders;
    this.runbooks = runbooks;
    this.clock = clock;
  }

  record View(
      Badge mode,
      boolean on,
      String sentence,
      String reason,
      String by,
      Times.@Nullable When at,
      Times.@Nullable When until,
      boolean canHalt,
      boolean canStart,
      String why,
      List<Part> parts,
      List<String> scopes,
      List<HeapCard> heaps,
      List<Past> history,
      boolean anyHistory) {}

  /** A part that is not on. */
  record Part(
      String scope,
      String words,
      Badge mode,
      String reason,
      String owner,
      String by,
      Times.When at,
      Times.@Nullable When until,
      boolean canStart) {}

  record Past(
      String scope,
      Badge mode,
      String reason,
      String by,
      Times.When at,
      Times.@Nullable When until) {}

  /** How it stands. */
  @GET
  @Needs(Role.VIEWER)
  public Response show(@Context ContainerRequestContext request) {
    Principal who = Visit.of(request).who();
    return pages.show(
        request,
        tx ->
            new Sheet(
                "automation",
                "Automation",
                "/automation",
                "/events",
                view(who, past(tx), backlog.heaps(tx))));
  }

  private List<Automation> past(Tx tx) {
    return Stream.concat(
            history.history(tx, HISTORY).stream(), history.historyOfParts(tx, HISTORY).stream())
        .sorted(Comparator.comparing(Automation::at).reversed())
        .limit(HISTORY)
        .toList();
  }

  private View view(Principal who, List<Automation> past, List<Backlog.Heap> heaps) {
    Times times = new Times(clock.instant());
    Automation is = orders.automation();
    boolean halt = who.may(Role.RESPONDER);
    boolean start = who.may(Role.ADMIN);
    return new View(
        Badge.of(is.mode()),
        is.mode() == Automation.Mode.ON,
        sentence(is.mode()),
        is.reason(),
        TimelineReader.actor(is.by()),
        is.at().equals(Instant.EPOCH) ? null : times.when(is.at()),
        times.whenKnown(is.until()),
        halt,
        start,
        why(who, halt, start),
        orders.haltedParts().stream().map(part -> part(part, who, times)).toList(),
        HaltScope.known(runbooks.current()),
        heaps.stream().map(heap -> HeapCard.of(heap, halt)).toList(),
        past.stream().map(one -> past(one, times)).toList(),
        !past.isEmpty());
  }

  private static String sentence(Automation.Mode mode) {
    return switch (mode) {
      case ON -> "Runbooks make the changes their guards allow.";
      case ASK -> "Diagnostics run. Every change waits for a human.";
      case OFF -> "Diagnostics run. Nothing is changed.";
    };
  }

  private static String why(Principal who, boolean halt, boolean start) {
    if (!halt) {
      return "Halting needs the role responder. You have: " + Fault.roles(who) + ".";
    }
    return start ? "" : "Switching on again needs the role admin; halting does not.";
  }

  private static Part part(Automation part, Principal who, Times times) {
    return new Part(
        part.scope().asText(),
        part.scope().inWords(),
        Badge.of(part.mode()),
        part.reason(),
        TimelineReader.actor(part.owner()),
        TimelineReader.actor(part.by()),
        times.when(part.at()),
        times.whenKnown(part.until()),
        mayStart(who, part));
  }

  /** What was halted in part is switched on again also by who halted it. */
  private static boolean mayStart(Principal who, Automation part) {
    return who.may(Role.ADMIN)
        || (who.may(Role.RESPONDER) && part.by().equals(who.actor().asText()));
  }

  private static Past past(Automation one, Times times) {
    return new Past(
        one.scope().equals(HaltScope.ALL) ? "" : one.scope().inWords(),
        Badge.of(one.mode()),
        one.reason(),
        TimelineReader.actor(one.by()),
        times.when(one.at()),
        times.whenKnown(one.until()));
  }

  /** Sets it. Anybody who responds can halt; only an admin switches on. */
  @POST
  @Needs(Role.RESPONDER)
  public Response set(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return pages.follow(request, fields, this::set, "/automation?said=automation");
  }

  private Future<?> set(Form form, Principal who) {
    Automation.Mode mode = mode(form.required("mode", "Choose on, ask or off."));
    HaltScope scope = scope(form.optional("scope"));
    if (!who.may(Role.ADMIN) && loosens(mode, scope, who)) {
      throw new OrderRefused(
          OrderRefused.Kind.FORBIDDEN,
          "Switching automation on needs the role admin. You have: " + Fault.roles(who) + ".");
    }
    Instant now = clock.instant();
    String reason = form.required("reason", "Say why: it is shown on every page.");
    String owner = form.optional("owner");
    return orders.automate(
        new Automation(
            mode,
            reason,
            who.actor().asText(),
            now,
            until(form.optional("for"), mode, now),
            scope,
            owner.isEmpty() ? who.actor().asText() : owner));
  }

  private boolean loosens(Automation.Mode mode, HaltScope scope, Principal who) {
    return scope.equals(HaltScope.ALL)
        ? mode == Automation.Mode.ON
        : orders.haltedParts().stream()
            .filter(part -> part.scope().equals(scope))
            .anyMatch(part -> mode.compareTo(part.mode()) < 0 && !mayStart(who, part));
  }

  private HaltScope scope(String text) {
    try {
      HaltScope scope = text.isEmpty() ? HaltScope.ALL : HaltScope.parse(text);
      scope
          .fault(runbooks.current())
          .ifPresent(
              fault -> {
                throw new IllegalArgumentException(fault);
              });
      return scope;
    } catch (IllegalArgumentException e) {
      throw new Fault.Refusal(Fault.bad(String.valueOf(e.getMessage())));
    }
  }

  private static Automation.Mode mode(String text) {
    return Arrays.stream(Automation.Mode.values())
        .filter(mode -> mode.asText().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new Fault.Refusal(Fault.bad("Choose on, ask or off.")));
  }

  private static @Nullable Instant until(String lasts, Automation.Mode mode, Instant now) {
    if (lasts.isEmpty() || mode == Automation.Mode.ON) {
      return null;
    }
    try {
      return now.plus(Durations.parse(lasts));
    } catch (IllegalArgumentException e) {
      throw new Fault.Refusal(Fault.bad("'for' " + e.getMessage() + "."));
    }
  }
}
