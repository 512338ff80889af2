package dev.firebreak.api;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.access.Roles;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.core.Durations;
import dev.firebreak.notify.ContactDesk;
import dev.firebreak.notify.ContactDesk.Standing;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contacts of people, and whether what is sent to them reaches them. */
@Path("/api/v1/contacts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RESPONDER)
public final class ContactsResource {
  private final ContactDesk desk;

  ContactsResource(ContactDesk desk) {
    this.desk = desk;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public ContactList list() {
    return new ContactList(desk.all().stream().map(ContactDoc::of).toList());
  }

  /** Sends a code there; answers when the channel has. */
  @POST
  @Path("/{id}/code")
  public SentDoc send(
      @PathParam("id") String id, InputStream body, @Context SecurityContext context) {
    Body.read(body, IncidentsResource.NothingOrder.class);
    Principal caller = Caller.of(context);
    Standing contact = own(id, caller);
    try {
      String answer = desk.send(contact, caller.actor());
      return new SentDoc(id, answer, Durations.text(ContactDesk.VALID));
    } catch (ContactDesk.Refused e) {
      throw Refusals.conflict(String.valueOf(e.getMessage()));
    } catch (ChannelException e) {
      throw new ProblemException(
          Problem.of(
              502,
              "channel-refused",
              "The channel did not take the message",
              String.valueOf(e.getMessage())));
    }
  }

  @POST
  @Path("/{id}/verify")
  public ContactDoc verify(
      @PathParam("id") String id, InputStream body, @Context SecurityContext context) {
    String code = Body.required("code", Body.read(body, CodeOrder.class).code());
    Principal caller = Caller.of(context);
    try {
      desk.prove(own(id, caller), code, caller.actor());
      return ContactDoc.of(own(id, caller));
    } catch (ContactDesk.Refused e) {
      throw Refusals.conflict(String.valueOf(e.getMessage()));
    }
  }

  private Standing own(String id, Principal caller) {
    Standing contact = desk.find(id).orElseThrow(() -> Refusals.notFound("contact", id));
    if (!contact.person().equals(caller.name()) && !caller.may(Role.ADMIN)) {
      throw Refusals.forbidden(
          "This is a contact of %s: only they, or an admin, have a code sent there."
              .formatted(contact.person()));
    }
    return contact;
  }

  record CodeOrder(@Nullable String code) {}

  /** The contacts of all people. */
  @Wire
  record ContactList(List<ContactDoc> items) {}

  /**
   * A contact as it stood when it was read.
   *
   * @param shown the channel, and enough of the address to know it by
   * @param provenAt when a code that was sent there came back, or null
   * @param codeUntil until when a code is awaited, or null
   */
  @Wire
  record ContactDoc(
      String id,
      String person,
      String channel,
      String shown,
      @Nullable String provenAt,
      @Nullable String codeUntil) {
    static ContactDoc of(Standing one) {
      return new ContactDoc(
          one.id(),
          one.person(),
          one.contact().channel(),
          one.contact().shown(),
          Times.textOrNull(one.provenAt()),
          Times.textOrNull(one.codeUntil()));
    }
  }

  /**
   * A code is on its way.
   *
   * @param answer what the channel said
   */
  @Wire
  record SentDoc(String id, String answer, String validFor) {}
}
