package dev.firebreak.api;

import dev.firebreak.access.Role;
import dev.firebreak.access.Roles;
import dev.firebreak.access.Token;
import dev.firebreak.access.TokenDesk;
import dev.firebreak.core.Durations;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Named tokens, for admins: issued, listed and revoked while the service runs. */
@Path("/api/v1/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TokensResource {
  private final TokenDesk desk;
  private final InstantSource clock;

  TokensResource(TokenDesk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
  }

  @GET
  @RolesAllowed(Roles.ADMIN)
  public TokenList list() {
    return new TokenList(desk.list().stream().map(token -> TokenDoc.of(token, null)).toList());
  }

  @POST
  @RolesAllowed(Roles.ADMIN)
  public Response create(InputStream body, @Context SecurityContext context) {
    TokenOrder order = Body.read(body, TokenOrder.class);
    String name = Body.required("name", order.name());
    List<String> roles = order.roles() == null ? List.of() : order.roles();
    try {
      Set<Role> held = roles.stream().map(Role::parse).collect(Collectors.toSet());
      String lasts = order.expires();
      TokenDesk.Issued issued =
          Waiting.on(
              desk.create(
                  name,
                  held,
                  lasts == null ? null : clock.instant().plus(Durations.parse(lasts)),
                  Caller.of(context).actor().asText()));
      return Response.status(201).entity(TokenDoc.of(issued.token(), issued.secret())).build();
    } catch (IllegalArgumentException e) {
      throw Refusals.field("token", String.valueOf(e.getMessage()));
    }
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(Roles.ADMIN)
  public Response revoke(@PathParam("id") String id) {
    if (!Waiting.on(desk.revoke(id))) {
      throw Refusals.notFound("token in force", id);
    }
    return Response.noContent().build();
  }

  /**
   * A token that shall be.
   *
   * @param expires how long it lasts: {@code 90d}; null for ever
   */
  record TokenOrder(
      @Nullable String name, @Nullable List<String> roles, @Nullable String expires) {}

  /** All tokens ever issued. */
  @Wire
  record TokenList(List<TokenDoc> items) {}

  /** A token; its secret is there only in the answer that issues it. */
  @Wire
  record TokenDoc(
      String id,
      String name,
      List<String> roles,
      String createdAt,
      String createdBy,
      @Nullable String expiresAt,
      @Nullable String revokedAt,
      @Nullable String secret) {
    static TokenDoc of(Token token, @Nullable String secret) {
      return new TokenDoc(
          token.id(),
          token.name(),
          token.roles().stream().map(Role::asText).sorted().toList(),
          Times.text(token.createdAt()),
          token.createdBy(),
          Times.textOrNull(token.expiresAt()),
          Times.textOrNull(token.revokedAt()),
          secret);
    }
  }
}
