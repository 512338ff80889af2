package dev.firebreak.api;

import dev.firebreak.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Backups of the database, made while the service runs, for admins. */
@Path("/api/v1/backups")
@Produces(MediaType.APPLICATION_JSON)
public final class BackupsResource {
  private final @Nullable Supplier<BackupDoc> backups;

  /**
   * @param backups makes one; null when the database has means of its own
   */
  BackupsResource(@Nullable Supplier<BackupDoc> backups) {
    this.backups = backups;
  }

  /** Makes one; answers when it is whole and on the disk. */
  @POST
  @RolesAllowed(Roles.ADMIN)
  public Response make() {
    if (backups == null) {
      throw Refusals.conflict("Backups are made of H2. PostgreSQL has pg_dump.");
    }
    return Response.status(201).entity(backups.get()).build();
  }

  /**
   * A backup.
   *
   * @param file on the machine Firebreak runs on
   * @param sha256 of the file, hex
   */
  @Wire
  public record BackupDoc(String file, long bytes, String sha256, long tookMs) {}
}
