package dev.firebreak.api;

import dev.firebreak.access.Roles;
import dev.firebreak.engine.Orders;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Signals, for steps that wait for them. */
@Path("/api/v1/runs/{id}/signals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RESPONDER)
public final class SignalsResource {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final int LONGEST_NAME = 64;

  private final Orders orders;

  SignalsResource(Orders orders) {
    this.orders = orders;
  }

  @POST
  @Path("/{name}")
  public Response send(
      @PathParam("id") String id,
      @PathParam("name") String name,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      InputStream body,
      @Context SecurityContext caller) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw Refusals.parameter("name", "must be lower-case words joined by hyphens");
    }
    IdempotencyKey.check(key);
    Told told = Body.read(body, Told.class);
    return OrderDoc.answer(orders.signal(id, name, key, told.values, Caller.of(caller).actor()));
  }

  /** Whatever the sender has to say. */
  static final class Told {
    private final Map<String, Object> values = new LinkedHashMap<>();

    @com.fasterxml.jackson.annotation.JsonAnySetter
    void put(String name, @Nullable Object value) {
      values.put(name, value);
    }
  }
}
