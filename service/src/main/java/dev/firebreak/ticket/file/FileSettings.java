package dev.firebreak.ticket.file;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.firebreak.ticket.TicketParts;
import dev.firebreak.ticket.TicketSettings;
import dev.firebreak.ticket.TicketSystem;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code type: file}: a folder for each incident, with {@code ticket.md} and {@code attachments/}.
 *
 * @param dir where the folders are, below the data folder unless absolute; {@code tickets} when not
 *     given
 * @param maxAttachmentMiB larger artifacts become links; 1 to 1024, 25 when not given
 */
@JsonTypeName("file")
public record FileSettings(@Nullable String dir, @Nullable Integer maxAttachmentMiB)
    implements TicketSettings {
  private static final int DEFAULT_MIB = 25;

  public FileSettings {
    if (dir != null && dir.isBlank()) {
      throw new IllegalArgumentException("dir: is blank; leave it out for 'tickets'");
    }
    if (maxAttachmentMiB != null && (maxAttachmentMiB < 1 || maxAttachmentMiB > 1024)) {
      throw new IllegalArgumentException(
          "maxAttachmentMiB: must be from 1 to 1024, not " + maxAttachmentMiB);
    }
  }

  @Override
  public TicketSystem build(String name, TicketParts parts) {
    Path folder = parts.data().resolve(dir == null ? "tickets" : dir).toAbsolutePath().normalize();
    long max = (maxAttachmentMiB == null ? DEFAULT_MIB : maxAttachmentMiB) * 1024L * 1024L;
    return new FileTickets(name, folder, max, parts.clock(), parts.json());
  }
}
