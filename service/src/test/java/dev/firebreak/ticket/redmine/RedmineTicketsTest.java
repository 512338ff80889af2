package dev.firebreak.ticket.redmine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Masker;
import dev.firebreak.core.SecretRef;
import dev.firebreak.core.Secrets;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.outbox.CourierException;
import dev.firebreak.ticket.TicketParts;
import dev.firebreak.ticket.TicketSystem;
import dev.firebreak.ticket.TicketSystem.Ref;
import dev.firebreak.ticket.TicketSystem.Shown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that a real Redmine gives seldom. */
class RedmineTicketsTest {
  private static final String KEY = "k3y-that-nobody-may-see";
  private static final Ref REF = new Ref("7", "", "New");

  private final SettableClock clock = new SettableClock();
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TicketSystem tickets() {
    return tickets(null);
  }

  private TicketSystem tickets(@Nullable String resolvedStatus) {
    return new RedmineSettings(
            server.url("/redmine").toString(),
            SecretRef.valueOf(KEY),
            "ops",
            null,
            null,
            resolvedStatus,
            "markdown",
            "1s")
        .build(
            "redmine",
            new TicketParts(
                new OkHttpClient(),
                new ObjectMapper(),
                new Secrets(Map.of(), name -> null, new Masker()),
                Path.of("."),
                clock));
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  @ParameterizedTest
  @CsvSource({
    "401, true, apiKey",
    "403, true, permissions",
    "404, true, url and project",
    "422, true, Subject cannot be blank",
    "429, false, 429",
    "500, false, 500",
    "503, false, 503"
  })
  void open_whenRefused_saysWhetherTryingAgainHelpsAndWhatToDo(
      int status, boolean permanent, String says) {
    answer(status, "{\"errors\":[\"Subject cannot be blank\"]}");
    CourierException fault =
        catchThrowableOfType(CourierException.class, () -> tickets().open("inc_1", "s", "t", ""));
    assertThat(fault.permanent()).isEqualTo(permanent);
    assertThat(fault).hasMessageContaining(says).hasMessageNotContaining(KEY);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void open_whenRedirected_sendsTheKeyNowhereElse() {
    server.enqueue(
        new MockResponse.Builder()
            .code(302)
            .addHeader("Location", server.url("/elsewhere").toString())
            .build());
    assertThatThrownBy(() -> tickets().open("inc_1", "s", "t", ""))
        .isInstanceOfSatisfying(
            CourierException.class, fault -> assertThat(fault.permanent()).isTrue())
        .hasMessageContaining("redirects are not followed");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void open_whenNothingAnswers_isTemporaryAndSentOnce() {
    server.enqueue(new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS).build());
    assertThatThrownBy(() -> tickets().open("inc_1", "s", "t", ""))
        .isInstanceOfSatisfying(
            CourierException.class, fault -> assertThat(fault.permanent()).isFalse())
        .hasMessageContaining("does not answer");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void open_whenTheAnswerIsAPage_asksWhetherThisIsRedmine() {
    answer(200, "<html>Welcome</html>");
    assertThatThrownBy(() -> tickets().open("inc_1", "s", "t", ""))
        .hasMessageContaining("is it Redmine?");
  }

  @Test
  void open_whenTheSubjectIsLong_keepsTheMarker() throws Exception {
    answer(201, "{\"issue\":{\"id\":7,\"status\":{\"name\":\"New\"}}}");
    Ref ref = tickets().open("inc_1", "x".repeat(400), "t", "").ref();
    RecordedRequest request = server.takeRequest();
    String subject =
        new ObjectMapper()
            .readTree(Objects.requireNonNull(request.getBody()).utf8())
            .at("/issue/subject")
            .asText();
    assertThat(subject).hasSize(255).endsWith("… [inc_1]");
    assertThat(request.getUrl().encodedPath()).isEqualTo("/redmine/issues.json");
    assertThat(ref).isEqualTo(new Ref("7", server.url("/redmine/issues/7").toString(), "New"));
  }

  @Test
  void open_whenTaken_showsWhatWasStored() {
    answer(
        201, "{\"issue\":{\"id\":7,\"status\":{\"name\":\"New\"},\"description\":\"as stored\"}}");
    Shown opened = tickets().open("inc_1", "s", "t", "");
    assertThat(opened.texts()).containsExactly("as stored");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void find_againWithinAMinute_signsInOnce() {
    TicketSystem tickets = tickets();
    answer(200, "{\"user\":{\"id\":5}}");
    answer(200, "{\"issues\":[]}");
    answer(200, "{\"issues\":[]}");
    assertThat(tickets.find("inc_1")).isEmpty();
    assertThat(tickets.find("inc_2")).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    answer(401, "");
    assertThatThrownBy(() -> tickets.find("inc_3")).hasMessageContaining("apiKey");
  }

  @Test
  void look_whenTheAnswerHasNoEnd_stopsReading() {
    answer(200, " ".repeat(17 * 1024 * 1024));
    assertThatThrownBy(() -> tickets().look(REF)).hasMessageContaining("16 MiB");
  }

  @ParameterizedTest
  @CsvSource({"413", "422"})
  void attach_whenRefusedForItsSizeOrKind_isFalse(int status) {
    answer(status, "");
    assertThat(tickets().attach(REF, "a.bin", "text/plain", new byte[1])).isFalse();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void find_whenTheKeyIsNoLongerValid_doesNotSayThereIsNone() {
    answer(401, "");
    assertThatThrownBy(() -> tickets().find("inc_1")).hasMessageContaining("apiKey");
  }

  @Test
  void find_whenOnlyAnotherTicketIsAlike_findsNone() {
    answer(200, "{\"user\":{\"id\":5}}");
    answer(200, "{\"issues\":[{\"id\":3,\"subject\":\"about inc_1 and [inc_12]\"}]}");
    assertThat(tickets().find("inc_1")).isEmpty();
  }

  @Test
  void resolve_whenTheWorkflowForbidsIt_saysSo() {
    answer(200, "{\"issue_statuses\":[{\"id\":3,\"name\":\"Resolved\"}]}");
    answer(204, "");
    answer(200, "{\"issue\":{\"id\":7,\"status\":{\"id\":1,\"name\":\"New\"}}}");
    assertThatThrownBy(() -> tickets("Resolved").resolve(REF, "over"))
        .isInstanceOfSatisfying(
            CourierException.class, fault -> assertThat(fault.permanent()).isTrue())
        .hasMessageContaining("stays 'New'")
        .hasMessageContaining("Workflow");
  }

  @Test
  void settings_whenWrong_nameTheKey() {
    TicketParts parts =
        new TicketParts(
            new OkHttpClient(),
            new ObjectMapper(),
            new Secrets(Map.of(), name -> null, new Masker()),
            Path.of("."),
            new SettableClock());
    SecretRef key = SecretRef.valueOf("k");
    assertThatThrownBy(
            () ->
                new RedmineSettings("ftp//x", key, "ops", null, null, null, null, null)
                    .build("r", parts))
        .hasMessageContaining("tickets.r.url");
    assertThatThrownBy(
            () ->
                new RedmineSettings("http://x", key, " ", null, null, null, null, null)
                    .build("r", parts))
        .hasMessageContaining("tickets.r.project");
    assertThatThrownBy(
            () ->
                new RedmineSettings("http://x", key, "ops", null, null, null, "html", null)
                    .build("r", parts))
        .hasMessageContaining("tickets.r.format");
    assertThatThrownBy(
            () ->
                new RedmineSettings("http://x", key, "ops", null, null, null, null, "1h")
                    .build("r", parts))
        .hasMessageContaining("tickets.r.timeout");
  }
}
