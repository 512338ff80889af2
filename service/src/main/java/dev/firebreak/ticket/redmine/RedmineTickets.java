package dev.firebreak.ticket.redmine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firebreak.outbox.CourierException;
import dev.firebreak.ticket.Markup;
import dev.firebreak.ticket.TicketSystem;
import dev.firebreak.ticket.redmine.RedmineClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Tickets as issues of one Redmine project. The marker stands in brackets at the end of the
 * subject, the one text that Redmine's REST interface can search.
 */
final class RedmineTickets implements TicketSystem {
  private static final Duration SIGNED_IN = Duration.ofMinutes(1);
  private static final int MAX_SUBJECT = 255;
  private static final int TOO_LARGE = 413;
  private static final int UNPROCESSABLE = 422;
  private static final int NOT_FOUND = 404;

  private final String name;
  private final String project;
  private final Markup markup;
  private final RedmineClient client;
  private final RedmineNames names;
  private final ObjectMapper json;
  private final InstantSource clock;
  private volatile Instant signedIn = Instant.MIN;

  RedmineTickets(
      String name,
      String project,
      Markup markup,
      RedmineClient client,
      RedmineNames names,
      ObjectMapper json,
      InstantSource clock) {
    this.name = name;
    this.project = project;
    this.markup = markup;
    this.client = client;
    this.names = names;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Markup markup() {
    return markup;
  }

  /**
   * Looks in all projects: humans move issues. Must know who it is: with a key that is no longer
   * valid, Redmine shows what anybody may see, and a ticket that is there would seem to be missing.
   */
  @Override
  public Optional<Ref> find(String marker) {
    signIn();
    HttpUrl url =
        client
            .at("issues.json")
            .addQueryParameter("status_id", "*")
            .addQueryParameter("subject", "~" + marker)
            .addQueryParameter("sort", "id")
            .addQueryParameter("limit", "100")
            .build();
    JsonNode found = client.fine(client.get(url), "searching for " + marker).body();
    return StreamSupport.stream(found.path("issues").spliterator(), false)
        .filter(issue -> issue.path("subject").asText().contains(tag(marker)))
        .findFirst()
        .map(this::ref);
  }

  private void signIn() {
    Instant now = clock.instant();
    if (now.isBefore(signedIn) || !now.isBefore(signedIn.plus(SIGNED_IN))) {
      client.fine(client.get(client.at("users/current.json").build()), "signing in");
      signedIn = now;
    }
  }

  /** What Redmine answers is the issue as it was stored; it has no notes and files yet. */
  @Override
  public Shown open(String marker, String subject, String text, String severity) {
    ObjectNode issue = json.createObjectNode();
    issue.put("project_id", project);
    issue.put("subject", subject(marker, subject));
    issue.put("description", text);
    put(issue, "tracker_id", names.tracker());
    put(issue, "priority_id", names.priority(severity));
    HttpUrl url = client.at("issues.json").build();
    Answer answer = client.post(url, json.createObjectNode().set("issue", issue));
    return shown(
        client.fine(answer, "opening an issue in project " + project).body().path("issue"));
  }

  @Override
  public void note(Ref ticket, String text) {
    change(ticket, json.createObjectNode().put("notes", text), "adding a note");
  }

  @Override
  public boolean attach(Ref ticket, String attachment, String mediaType, byte[] content) {
    HttpUrl url = client.at("uploads.json").addQueryParameter("filename", attachment).build();
    Answer answer = client.post(url, content);
    if (answer.status() == TOO_LARGE || answer.status() == UNPROCESSABLE) {
      return false;
    }
    String token =
        client.fine(answer, "uploading " + attachment).body().path("upload").path("token").asText();
    ObjectNode issue = json.createObjectNode();
    issue
        .putArray("uploads")
        .addObject()
        .put("token", token)
        .put("filename", attachment)
        .put("content_type", mediaType.replaceAll(";.*", ""));
    change(ticket, issue, "attaching " + attachment);
    return true;
  }

  @Override
  public void resolve(Ref ticket, @Nullable String note) {
    OptionalInt status = names.resolvedStatus();
    ObjectNode issue = json.createObjectNode();
    if (note != null) {
      issue.put("notes", note);
    }
    put(issue, "status_id", status);
    if (issue.isEmpty()) {
      return;
    }
    change(ticket, issue, "moving it to its resolved status");
    if (status.isPresent()) {
      proveStatus(ticket, status.getAsInt());
    }
  }

  /** Redmine answers 204 also when its workflow does not allow the change. */
  private void proveStatus(Ref ticket, int wanted) {
    JsonNode status = issue(ticket).orElse(json.missingNode()).path("status");
    if (status.path("id").asInt() != wanted && !status.path("is_closed").asBoolean()) {
      throw new CourierException(
          ("issue %s in '%s' stays '%s': allow the API key's role this change of status in Redmine"
                  + " (Administration, Workflow)")
              .formatted(ticket.ref(), name, status.path("name").asText()),
          true,
          null);
    }
  }

  @Override
  public Optional<Shown> look(Ref ticket) {
    return issue(ticket).map(this::shown);
  }

  private Shown shown(JsonNode issue) {
    List<String> texts = new ArrayList<>();
    texts.add(issue.path("description").asText());
    issue.path("journals").forEach(note -> texts.add(note.path("notes").asText()));
    List<Attached> attached = new ArrayList<>();
    for (JsonNode file : issue.path("attachments")) {
      attached.add(new Attached(file.path("filename").asText(), file.path("filesize").asLong()));
    }
    return new Shown(ref(issue), texts, attached);
  }

  private Optional<JsonNode> issue(Ref ticket) {
    HttpUrl url =
        client
            .at("issues/" + ticket.ref() + ".json")
            .addQueryParameter("include", "attachments,journals")
            .build();
    Answer answer = client.get(url);
    if (answer.status() == NOT_FOUND) {
      return Optional.empty();
    }
    return Optional.of(client.fine(answer, "reading issue " + ticket.ref()).body().path("issue"));
  }

  private void change(Ref ticket, ObjectNode issue, String doing) {
    HttpUrl url = client.at("issues/" + ticket.ref() + ".json").build();
    Answer answer = client.put(url, json.createObjectNode().set("issue", issue));
    client.fine(answer, doing + " (issue " + ticket.ref() + ")");
  }

  private Ref ref(JsonNode issue) {
    String id = issue.path("id").asText();
    if (!id.matches("[0-9]+")) {
      throw new CourierException(
          "ticket system '" + name + "' answered without an issue number: is it Redmine?",
          true,
          null);
    }
    return new Ref(
        id,
        client.at("issues/" + id).build().toString(),
        issue.path("status").path("name").asText());
  }

  private static String tag(String marker) {
    return "[" + marker + "]";
  }

  private static String subject(String marker, String subject) {
    int room = MAX_SUBJECT - tag(marker).length() - 1;
    String cut = subject.length() <= room ? subject : subject.substring(0, room - 1) + "…";
    return cut + " " + tag(marker);
  }

  private static void put(ObjectNode node, String field, OptionalInt number) {
    if (number.isPresent()) {
      node.put(field, number.getAsInt());
    }
  }
}
