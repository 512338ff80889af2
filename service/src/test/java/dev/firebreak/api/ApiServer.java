package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.access.Role;
import dev.firebreak.access.SessionDesk;
import dev.firebreak.access.TokenDesk;
import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Feedback;
import dev.firebreak.channel.Following;
import dev.firebreak.channel.ForgedFeedback;
import dev.firebreak.channel.Matter;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.console.ConsoleChannel;
import dev.firebreak.core.Ids;
import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.fixtures.Written;
import dev.firebreak.guard.freeze.FreezeBook;
import dev.firebreak.guard.freeze.FreezeDesk;
import dev.firebreak.notify.Trials;
import dev.firebreak.run.RunListener;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import dev.firebreak.store.Database;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Environment;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The interface on a real server with a real database; only the orders are written down instead.
 */
final class ApiServer implements AutoCloseable {
  final SettableClock clock = new SettableClock();
  final Ids ids = new Ids(clock);
  final Database database = Database.inMemory("api-" + UUID.randomUUID());
  final Samples samples = new Samples(database, ids);
  final RecordingOrders orders = new RecordingOrders(database, samples);
  final TokenDesk tokens = new TokenDesk(database.ledger(), database.tokens(), ids, clock);
  final SessionDesk sessions = new SessionDesk(database.ledger(), database.tokens(), tokens, clock);
  final Runbook runbook = Written.runbook(List.of(), List.of(), null, List.of());
  final Pager pager = new Pager();
  volatile String siteSecret = "a secret of at least 32 characters";
  final Buttons buttons = new Buttons();
  private final Channels channels =
      new Channels(List.of(new ConsoleChannel("console", System.out), pager, buttons));
  private final Description description = new Description();
  private final HttpClient client = HttpClient.newHttpClient();
  private final TestServer server;

  ApiServer() throws Exception {
    server = new TestServer(new DefaultServerFactory(), this::register);
  }

  private void register(Configuration configuration, Environment environment) {
    ApiRecords records = records();
    ApiDesks desks = desks();
    ManualStarts starts = new ManualStarts(records, desks, new RunListener() {}, ids, clock);
    ApiRoom.register(configuration.getServerFactory(), environment, records, desks, starts, clock);
    environment.jersey().register(new Broken());
  }

  private ApiRecords records() {
    return new ApiRecords(
        database.ledger(),
        database.incidents(),
        database.runs(),
        database.gates(),
        database.journal(),
        database.artifacts(),
        new ApiRecords.Around(
            database.alerts(), database.deliveries(), database.tickets(), database.escalations()));
  }

  private ApiDesks desks() {
    return new ApiDesks(
        orders,
        new OneRunbook(runbook),
        (file, text) ->
            text.contains("aproval")
                ? List.of(
                    new dev.firebreak.runbook.Problem(
                        file,
                        3,
                        1,
                        dev.firebreak.runbook.Problem.Severity.ERROR,
                        "unknown-key",
                        "unknown key 'aproval'",
                        "did you mean 'approve'?"))
                : List.of(),
        incident -> Optional.of("# Postmortem of " + incident + "\n"),
        person -> person.equals("ana") ? Set.of("team-cache") : Set.of(),
        tokens,
        sessions,
        freezes(),
        new dev.firebreak.guard.breaker.BreakerDesk(
            database.ledger(),
            database.breakers(),
            dev.firebreak.fixtures.Heralds.on(database),
            clock),
        dev.firebreak.fixtures.Glasses.on(database, java.util.Set.of("ana"), ids, clock),
        new dev.firebreak.guard.LimitDesk(
            database.ledger(),
            database.intents(),
            database.locks(),
            LIMITS,
            new OneRunbook(runbook),
            clock),
        dev.firebreak.fixtures.Promotions.on(database, new OneRunbook(runbook), clock),
        () ->
            new BackupsResource.BackupDoc(
                "/data/backups/firebreak-2026-11-22T12-00-00-000Z.zip", 65_536, "0".repeat(64), 12),
        new Trials(channels, Runnable::run, "http://firebreak", clock),
        dev.firebreak.fixtures.ContactDesks.on(database, channels, "console", "pager", clock),
        channels,
        dev.firebreak.fixtures.OnCallDesks.on(database, ids, clock),
        dev.firebreak.fixtures.OnCallDesks.followUps(
            database, dev.firebreak.escalation.EscalationSettings.NONE, ids, clock),
        dev.firebreak.fixtures.Backlogs.of(database, orders, new OneRunbook(runbook), clock),
        new ApiDesks.Buttons(
            new dev.firebreak.oncall.People(
                Map.of(
                    "ana",
                    new dev.firebreak.oncall.Person(
                        List.of(new dev.firebreak.oncall.Contact("slack", "U0ANA")),
                        java.time.ZoneOffset.UTC))),
            Runnable::run),
        new ApiDesks.Subscriptions(
            new dev.firebreak.core.Seal(() -> siteSecret, ApiDesks.Subscriptions.PURPOSE),
            "http://firebreak"));
  }

  /** A chat with buttons whose signature is a word: {@code user gate plan yes reason}. */
  static final class Buttons implements dev.firebreak.channel.Answering {
    volatile String said = "";

    @Override
    public String name() {
      return "slack";
    }

    @Override
    public String send(Notice notice) {
      return "ok";
    }

    @Override
    public Optional<Press> pressed(String signature, String timestamp, byte[] body) {
      if (!signature.equals("signed")) {
        throw new ForgedFeedback("it is not signed");
      }
      String[] words = new String(body, java.nio.charset.StandardCharsets.UTF_8).split(" ", -1);
      return Optional.of(
          new Press(
              words[0],
              new dev.firebreak.channel.Ask(words[1], words[2]),
              words[3].equals("yes"),
              words[4],
              ""));
    }

    @Override
    public void reply(Press press, String text) {
      said = text;
    }

    @Override
    public void settle(String receipt, String subject, String text) {
      throw new UnsupportedOperationException("not by way of the API");
    }
  }

  /** A paging service whose signature is a word. */
  static final class Pager implements Following {
    volatile boolean unready;

    @Override
    public String name() {
      return "pager";
    }

    @Override
    public String send(Notice notice) {
      return "ok";
    }

    @Override
    public Optional<Feedback> heard(String signature, byte[] body) {
      if (unready) {
        throw new SecretUnavailable("file /run/secrets/pager is not there");
      }
      if (!signature.equals("signed")) {
        throw new ForgedFeedback("it is not signed");
      }
      String[] words = new String(body, java.nio.charset.StandardCharsets.UTF_8).split("\"", -1);
      if (words.length < 4) {
        throw new IllegalArgumentException("the body has no event");
      }
      return words[1].equals("other")
          ? Optional.empty()
          : Optional.of(
              new Feedback(
                  words[3], Matter.Stage.valueOf(words[1].toUpperCase(Locale.ROOT)), "eva", "e1"));
    }
  }

  private static final dev.firebreak.guard.GuardSettings LIMITS =
      new dev.firebreak.guard.GuardSettings(
          List.of("**"),
          new dev.firebreak.guard.GuardSettings.Window(20, java.time.Duration.ofHours(1)),
          new dev.firebreak.guard.GuardSettings.Window(60, java.time.Duration.ofHours(1)),
          new dev.firebreak.guard.LimitRules(
              java.util.Map.of(
                  dev.firebreak.guard.Counted.Level.TARGET,
                  new dev.firebreak.guard.GuardSettings.Window(1, java.time.Duration.ofDays(1))),
              List.of()));

  private FreezeDesk freezes() {
    FreezeBook book = new FreezeBook(List::of, database.freezes());
    return new FreezeDesk(database.ledger(), book, database.freezes(), ids, clock);
  }

  private record OneRunbook(Runbook runbook) implements Runbooks {
    @Override
    public List<Runbook> current() {
      return List.of(runbook);
    }

    @Override
    public Optional<Runbook> current(String name) {
      return name.equals(runbook.name()) ? Optional.of(runbook) : Optional.empty();
    }

    @Override
    public Runbook version(String version) {
      return runbook;
    }
  }

  /** What nobody foresaw, and a method that says nothing of who may call it. */
  @Path("/api/v1/test")
  public static final class Broken {
    @GET
    @Path("broken")
    @PermitAll
    public String broken() {
      throw new IllegalStateException("secret inside");
    }

    @GET
    @Path("silent")
    public String silent() {
      return "anybody sees this";
    }
  }

  int port() {
    return server.port();
  }

  int adminPort() {
    return server.adminPort();
  }

  String token(String name, Role role) {
    return tokens.create(name, Set.of(role), null, "test").join().secret();
  }

  /** Sends a request and holds the answer against the description. */
  Answer call(
      String method,
      String path,
      @Nullable String token,
      @Nullable String body,
      String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body != null && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return checked(method, path, send(request.build()));
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return sendOnce(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A server closes the connection of a request it refused unread, perhaps under the next one. */
  private HttpResponse<byte[]> sendOnce(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("received no bytes")) {
        throw e;
      }
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private Answer checked(String method, String path, HttpResponse<byte[]> response) {
    Answer answer = new Answer(response);
    int query = path.indexOf('?');
    JsonNode operation =
        description.operation(
            method.toLowerCase(Locale.ROOT), query < 0 ? path : path.substring(0, query));
    JsonNode said =
        description.resolved(
            operation.path("responses").path(Integer.toString(response.statusCode())));
    boolean general = response.statusCode() == 405 || response.statusCode() == 406;
    if (!operation.isMissingNode() && answer.isJson() && !general) {
      assertThat(said.isMissingNode())
          .as("%s %s may answer %d", method, path, response.statusCode())
          .isFalse();
      for (Map.Entry<String, JsonNode> media : said.path("content").properties()) {
        assertThat(answer.type()).isEqualTo(media.getKey());
        assertThat(description.faults(media.getValue().path("schema"), answer.json()))
            .as("%s", answer.text())
            .isEmpty();
      }
    }
    return answer;
  }

  /** An answer. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    String text() {
      return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String type() {
      return header("Content-Type").replaceFirst(";.*", "");
    }

    boolean isJson() {
      return type().endsWith("json");
    }

    JsonNode json() {
      try {
        return Description.JSON.readTree(response.body());
      } catch (JsonProcessingException e) {
        throw new AssertionError(text(), e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String detail() {
      return json().path("detail").asText();
    }
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
