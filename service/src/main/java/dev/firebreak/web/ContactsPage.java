package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.notify.ContactDesk;
import dev.firebreak.notify.ContactDesk.Standing;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How people are reached, and whether that was ever seen to work. */
@Path("/contacts")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class ContactsPage {
  private final Pages pages;
  private final ContactDesk desk;
  private final InstantSource clock;

  ContactsPage(Pages pages, ContactDesk desk, InstantSource clock) {
    this.pages = pages;
    this.desk = desk;
    this.clock = clock;
  }

  record View(List<Row> rows, boolean empty, boolean anyOfOthers) {}

  record Row(
      String id,
      String person,
      String shown,
      Badge badge,
      Times.@Nullable When proven,
      boolean may,
      boolean awaited,
      Times.@Nullable When until) {}

  /** All of them. */
  @GET
  @Needs(Role.VIEWER)
  public Response list(@Context ContainerRequestContext request) {
    Principal who = Visit.of(request).who();
    Times times = new Times(clock.instant());
    return pages.show(
        request,
        tx -> {
          List<Row> rows = desk.all(tx).stream().map(one -> row(one, who, times)).toList();
          boolean others = rows.stream().anyMatch(row -> !row.may());
          return new Sheet(
              "contacts", "Contacts", "/schedules", null, new View(rows, rows.isEmpty(), others));
        });
  }

  private static Row row(Standing one, Principal who, Times times) {
    boolean proven = one.provenAt() != null;
    boolean may = may(one, who);
    return new Row(
        one.id(),
        one.person(),
        one.contact().shown(),
        proven ? new Badge("good", "verified") : new Badge("warn", "not verified"),
        one.provenAt() == null ? null : times.when(one.provenAt()),
        may,
        may && one.codeUntil() != null,
        one.codeUntil() == null ? null : times.when(one.codeUntil()));
  }

  private static boolean may(Standing one, Principal who) {
    return who.may(Role.RESPONDER) && (one.person().equals(who.name()) || who.may(Role.ADMIN));
  }

  /** Sends a code. */
  @POST
  @Path("/code")
  @Needs(Role.RESPONDER)
  public Response send(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return follow(
        request,
        fields,
        "/contacts?said=codesent",
        (form, one, who) -> {
          String unused = desk.send(one, who.actor());
        });
  }

  /** Enters one. */
  @POST
  @Path("/verify")
  @Needs(Role.RESPONDER)
  public Response verify(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return follow(
        request,
        fields,
        "/contacts?said=verified",
        (form, one, who) ->
            desk.prove(one, form.required("code", "Enter the code that was sent."), who.actor()));
  }

  private interface Step {
    void take(Form form, Standing contact, Principal who);
  }

  private Response follow(
      ContainerRequestContext request,
      MultivaluedMap<String, String> fields,
      String back,
      Step step) {
    return pages.attempt(
        request,
        () -> {
          Visit visit = Visit.of(request);
          Form form = Form.of(visit, fields);
          Standing one = own(form.required("id", "Choose a contact."), visit.who());
          told(one, contact -> step.take(form, contact, visit.who()));
          return Response.seeOther(URI.create(back)).build();
        });
  }

  private Standing own(String id, Principal who) {
    Standing one =
        desk.find(id)
            .orElseThrow(
                () ->
                    new OrderRefused(
                        OrderRefused.Kind.NOT_FOUND, "nobody has a contact of this id now"));
    if (!may(one, who)) {
      throw new OrderRefused(
          OrderRefused.Kind.FORBIDDEN,
          "this is a contact of %s: only they, or an admin, have a code sent there"
              .formatted(one.person()));
    }
    return one;
  }

  private static void told(Standing one, Consumer<Standing> step) {
    try {
      step.accept(one);
    } catch (ContactDesk.Refused e) {
      throw new OrderRefused(OrderRefused.Kind.CONFLICT, String.valueOf(e.getMessage()));
    } catch (ChannelException e) {
      throw new Fault.Refusal(
          new Fault(502, "The channel did not take it", String.valueOf(e.getMessage()), ""));
    }
  }
}
