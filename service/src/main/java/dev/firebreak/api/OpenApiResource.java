package dev.firebreak.api;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The description of this interface. It tells nothing of this installation, so anybody may read.
 */
@Path("/api/openapi.json")
public final class OpenApiResource {
  private final byte[] document = load();

  private static byte[] load() {
    try (InputStream file = OpenApiResource.class.getResourceAsStream("openapi.json")) {
      return Objects.requireNonNull(file, "openapi.json is part of the jar").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @GET
  @PermitAll
  @Produces(MediaType.APPLICATION_JSON)
  public byte[] get() {
    return document.clone();
  }
}
