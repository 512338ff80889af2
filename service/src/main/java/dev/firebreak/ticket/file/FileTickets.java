package dev.firebreak.ticket.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Instants;
import dev.firebreak.outbox.CourierException;
import dev.firebreak.ticket.Markup;
import dev.firebreak.ticket.TicketSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tickets as folders: {@code <dir>/<incident id>/ticket.md} and {@code attachments/}. Every write
 * is atomic and reaches the disk; humans may edit the text below the header.
 */
final class FileTickets implements TicketSystem {
  private static final String PAGE = "ticket.md";
  private static final String RESOLVED = "resolved";

  private final String name;
  private final Path dir;
  private final long maxAttachment;
  private final InstantSource clock;
  private final ObjectMapper json;

  FileTickets(String name, Path dir, long maxAttachment, InstantSource clock, ObjectMapper json) {
    this.name = name;
    this.dir = dir;
    this.maxAttachment = maxAttachment;
    this.clock = clock;
    this.json = json;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Markup markup() {
    return Markup.MARKDOWN;
  }

  @Override
  public Optional<Ref> find(String marker) {
    return Files.exists(folder(marker).resolve(PAGE))
        ? Optional.of(ref(marker, page(marker)))
        : Optional.empty();
  }

  @Override
  public Shown open(String marker, String subject, String text, String severity) {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("incident", marker);
    header.put("subject", quoted(subject));
    header.put("severity", quoted(severity));
    header.put("status", "open");
    header.put("opened", Instants.text(clock.instant()));
    TicketPage page = new TicketPage(header, text.strip());
    write(marker, page);
    return new Shown(ref(marker, page), List.of(page.body()), attached(marker));
  }

  @Override
  public void note(Ref ticket, String text) {
    write(ticket.ref(), page(ticket.ref()).withNote(Instants.text(clock.instant()), text));
  }

  @Override
  public boolean attach(Ref ticket, String attachment, String mediaType, byte[] content) {
    if (content.length > maxAttachment) {
      return false;
    }
    Path attachments = attachments(ticket.ref());
    Path file = attachments.resolve(attachment).normalize();
    if (!attachments.equals(file.getParent())) {
      throw new CourierException("'" + attachment + "' is no file name", true, null);
    }
    try {
      Durably.folder(attachments);
      Durably.write(file, content);
      return true;
    } catch (IOException e) {
      throw fault("cannot write", file, e);
    }
  }

  @Override
  public void resolve(Ref ticket, @Nullable String note) {
    String at = Instants.text(clock.instant());
    TicketPage page = page(ticket.ref());
    if (note == null && page.status().equals(RESOLVED)) {
      return;
    }
    TicketPage resolved = page.with("status", RESOLVED).with("resolved", at);
    write(ticket.ref(), note == null ? resolved : resolved.withNote(at, note));
  }

  @Override
  public Optional<Shown> look(Ref ticket) {
    return find(ticket.ref())
        .map(ref -> new Shown(ref, List.of(page(ref.ref()).body()), attached(ref.ref())));
  }

  private List<Attached> attached(String ref) {
    Path attachments = attachments(ref);
    if (!Files.isDirectory(attachments)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(attachments)) {
      List<Attached> attached = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        String attachment = String.valueOf(file.getFileName());
        if (!attachment.startsWith(".")) {
          attached.add(new Attached(attachment, Files.size(file)));
        }
      }
      return attached;
    } catch (IOException e) {
      throw fault("cannot read", attachments, e);
    }
  }

  private Ref ref(String marker, TicketPage page) {
    return new Ref(marker, folder(marker).resolve(PAGE).toUri().toString(), page.status());
  }

  private TicketPage page(String ref) {
    Path file = folder(ref).resolve(PAGE);
    try {
      return TicketPage.parse(Files.readString(file));
    } catch (IOException e) {
      throw fault("cannot read", file, e);
    } catch (IllegalArgumentException e) {
      throw new CourierException(
          "%s %s: restore its header, or move its folder away to have it written anew"
              .formatted(file, e.getMessage()),
          true,
          e);
    }
  }

  private void write(String ref, TicketPage page) {
    Path file = folder(ref).resolve(PAGE);
    try {
      Durably.folder(folder(ref));
      Durably.write(file, page.text().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw fault("cannot write", file, e);
    }
  }

  private Path attachments(String ref) {
    return folder(ref).resolve("attachments");
  }

  private Path folder(String ref) {
    if (!ref.matches("[A-Za-z0-9_-]{1,100}")) {
      throw new CourierException("'" + ref + "' is no incident id", true, null);
    }
    return dir.resolve(ref);
  }

  private String quoted(String text) {
    try {
      return json.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("every text can be written as JSON", e);
    }
  }

  private CourierException fault(String what, Path file, IOException e) {
    return new CourierException(
        "ticket system '%s' %s %s (%s): check that the folder is there, writable and not full"
            .formatted(name, what, file, e.getClass().getSimpleName()),
        false,
        e);
  }
}
