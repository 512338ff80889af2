package dev.firebreak.web;

import dev.firebreak.access.DecisionLink;
import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.core.Instants;
import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.Orders;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.gate.Gates;
import dev.firebreak.gate.Way;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deciding by a link out of a mail, without a session. To open it decides nothing, however often
 * and by whatever program: only the form does, with a reason. The link stands for one person and
 * one plan; each person has one vote, so that it works once.
 */
@Path("/decide")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class DecidePage {
  private static final Logger LOG = LoggerFactory.getLogger(DecidePage.class);
  private static final int PATIENCE_SECONDS = 10;
  private static final String WHY = "A decision needs a reason: it goes on the record.";
  private static final String CONSOLE = "Sign in to the console and decide there.";
  private static final Fault FORGED =
      new Fault(
          403,
          "This link does not fit",
          "It was altered or cut off on its way, or is signed with another secret.",
          "Open it from the mail itself, whole. Or: " + CONSOLE);

  private final Pages pages;
  private final Gates gates;
  private final Orders orders;
  private final Door door;
  private final InstantSource clock;

  DecidePage(Pages pages, Gates gates, Orders orders, Door door, InstantSource clock) {
    this.pages = pages;
    this.gates = gates;
    this.orders = orders;
    this.door = door;
    this.clock = clock;
  }

  /**
   * What the page shows.
   *
   * @param link to be sent back
   * @param why why it cannot be decided; empty when it can
   */
  record Question(
      String link,
      String person,
      GateCard card,
      List<PlanTree.Row> plan,
      String shortHash,
      boolean can,
      String why,
      List<FormLine> form,
      boolean anyForm,
      String answered) {}

  /** Shows what is to be decided. */
  @GET
  @Open
  public Response look(
      @Context ContainerRequestContext request, @QueryParam("link") @DefaultValue("") String link) {
    return pages.attempt(
        request,
        () -> {
          DecisionLink opened = good(link);
          Askable askable = askable(opened);
          return pages.show(request, tx -> sheet(tx, link, opened, askable));
        });
  }

  /** Asked before a page reads: who stands in for whom is a read of its own. */
  private Askable askable(DecisionLink link) {
    return new Askable(new Principal(link.person(), Set.of(Role.APPROVER), ""), teams(link));
  }

  private Sheet sheet(Tx tx, String sealed, DecisionLink link, Askable askable) {
    Gate gate = gate(tx, link);
    String why = obstacle(gate, link, clock.instant());
    return new Sheet(
        "decide",
        gate.question(),
        "",
        null,
        new Question(
            sealed,
            link.person(),
            GateCard.of(gate, askable, new Times(clock.instant())),
            GateReader.rows(gate, new LinkedHashMap<>(gate.plan())),
            gate.planHash().substring(0, Math.min(12, gate.planHash().length())),
            why.isEmpty(),
            why,
            FormLine.of(gate, "a"),
            !gate.form().isEmpty(),
            gate.form().isEmpty() ? "" : gate.answered().map(Gate.Vote::person).orElse("")));
  }

  private Gate gate(Tx tx, DecisionLink link) {
    return gates
        .find(tx, link.gate())
        .filter(gate -> gate.runId().equals(link.run()))
        .orElseThrow(() -> new Fault.Refusal(FORGED));
  }

  /** What the engine would say as well, said before somebody writes a reason. */
  private static String obstacle(Gate gate, DecisionLink link, Instant now) {
    if (gate.status() != Gate.Status.OPEN) {
      return "This is over: " + gate.outcome() + ".";
    }
    if (!now.isBefore(link.expiresAt())) {
      return "This link was good until %s.".formatted(Instants.text(link.expiresAt()));
    }
    return gate.planHash().equals(link.planHash())
        ? gate.voteOf(link.person())
            .map(
                vote ->
                    "You %s at %s, and others have to decide, too. This link is used up."
                        .formatted(
                            vote.approve() ? "approved" : "rejected", Instants.text(vote.at())))
            .orElse("")
        : "The plan is not the one this link is for: nothing can be decided with it.";
  }

  /** Decides, as the person the link is for. */
  @POST
  @Open
  public Response decide(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return pages.attempt(
        request,
        () -> {
          Form form = Form.ofStranger(fields);
          String sealed = form.optional("link");
          DecisionLink link = good(sealed);
          String reason = form.required("reason", WHY);
          inTime(link);
          Gate decided =
              switch (form.optional("decision")) {
                case "approve" -> order(link, true, reason, form.answers());
                case "reject" -> order(link, false, reason, Map.of());
                default -> throw new Fault.Refusal(Fault.bad("Say whether you approve or reject."));
              };
          LOG.info("{} decided gate {} by a link", link.person(), decided.id());
          Askable askable = askable(link);
          return pages.show(request, tx -> sheet(tx, sealed, link, askable));
        });
  }

  private void inTime(DecisionLink link) {
    Gate gate = pages.read(tx -> gate(tx, link));
    String why = obstacle(gate, link, clock.instant());
    if (!why.isEmpty()) {
      throw new Fault.Refusal(new Fault(410, "Too late", why, CONSOLE));
    }
  }

  private Gate order(DecisionLink link, boolean approve, String reason, Map<String, Object> answers)
      throws Exception {
    var order =
        orders.decide(
            new GateDesk.Word(
                link.gate(),
                link.planHash(),
                link.person(),
                teams(link),
                approve,
                reason,
                approve ? answers : Map.of(),
                Way.LINK));
    return order.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private Set<String> teams(DecisionLink link) {
    return door.teams().apply(link.person());
  }

  /** A link that is whole, in time, and of somebody who may still decide. */
  private DecisionLink good(String sealed) {
    DecisionLink link = opened(sealed);
    if (!door.letters().tokens().may(link.person(), Role.APPROVER)) {
      throw new Fault.Refusal(
          new Fault(
              403,
              "You may not do this",
              "%s holds no token in force with the role approver.".formatted(link.person()),
              "Ask an admin for one, or somebody who has it to decide."));
    }
    return link;
  }

  private DecisionLink opened(String sealed) {
    try {
      return DecisionLink.open(door.letters().seal(), sealed)
          .orElseThrow(() -> new Fault.Refusal(FORGED));
    } catch (SecretUnavailable e) {
      throw new Fault.Refusal(
          new Fault(503, "Links cannot be checked now", String.valueOf(e.getMessage()), CONSOLE));
    }
  }
}
