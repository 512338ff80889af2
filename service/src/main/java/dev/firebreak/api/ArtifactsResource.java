package dev.firebreak.api;

import dev.firebreak.access.Roles;
import dev.firebreak.run.Artifact;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;

/** The bytes of evidence, handed out so that no browser runs them. */
@Path("/artifacts")
@RolesAllowed(Roles.VIEWER)
public final class ArtifactsResource {
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,60}");

  private final ApiRecords records;

  ArtifactsResource(ApiRecords records) {
    this.records = records;
  }

  @GET
  @Path("/{id}")
  @Produces(MediaType.WILDCARD)
  public Response content(@PathParam("id") String id) {
    return records
        .ledger()
        .read(
            tx ->
                records
                    .artifacts()
                    .find(tx, id)
                    .flatMap(
                        artifact ->
                            records
                                .artifacts()
                                .content(tx, id)
                                .map(bytes -> attachment(artifact, bytes))))
        .orElseThrow(() -> Refusals.notFound("artifact", id));
  }

  private static Response attachment(Artifact artifact, byte[] bytes) {
    return Response.ok(bytes, type(artifact.mediaType()))
        .header(HttpHeaders.CONTENT_DISPOSITION, FileName.attachment(artifact.name()))
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Firebreak-Truncated", artifact.truncated())
        .tag(artifact.sha256())
        .build();
  }

  private static String type(String stored) {
    int semicolon = stored.indexOf(';');
    String type = (semicolon < 0 ? stored : stored.substring(0, semicolon)).strip();
    return MEDIA_TYPE.matcher(type).matches() ? type : MediaType.APPLICATION_OCTET_STREAM;
  }
}
