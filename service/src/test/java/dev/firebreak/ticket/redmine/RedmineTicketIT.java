package dev.firebreak.ticket.redmine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Masker;
import dev.firebreak.core.SecretRef;
import dev.firebreak.core.Secrets;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.outbox.CourierException;
import dev.firebreak.ticket.TicketParts;
import dev.firebreak.ticket.TicketSystem;
import dev.firebreak.ticket.TicketSystem.Attached;
import dev.firebreak.ticket.TicketSystem.Ref;
import dev.firebreak.ticket.TicketSystem.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The promises of a ticket system, kept by a real Redmine. */
class RedmineTicketIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OkHttpClient HTTP = new OkHttpClient();
  private static @Nullable RealRedmine started;

  @BeforeAll
  static void start() throws Exception {
    started = RealRedmine.start();
  }

  @AfterAll
  static void stop() {
    if (started != null) {
      started.close();
    }
  }

  private static RealRedmine redmine() {
    return java.util.Objects.requireNonNull(started);
  }

  private static TicketSystem tickets(
      String key, String project, String tracker, String resolvedStatus) {
    return new RedmineSettings(
            redmine().url(),
            SecretRef.valueOf(key),
            project,
            tracker,
            Map.of("critical", "Immediate"),
            resolvedStatus,
            null,
            null)
        .build(
            "redmine",
            new TicketParts(
                HTTP,
                JSON,
                new Secrets(Map.of(), name -> null, new Masker()),
                Path.of("."),
                new SettableClock()));
  }

  private static TicketSystem tickets() {
    return tickets(redmine().key(), redmine().project(), "Support", "Resolved");
  }

  private static JsonNode issue(Ref ref) throws IOException {
    return JSON.readTree(
            fetch(redmine().url() + "/issues/" + ref.ref() + ".json?include=attachments,journals"))
        .path("issue");
  }

  private static byte[] fetch(String url) throws IOException {
    Request request =
        new Request.Builder().url(url).header("X-Redmine-API-Key", redmine().key()).build();
    try (Response response = HTTP.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(200);
      return response.body().bytes();
    }
  }

  private static Shown look(Ref ref) {
    return tickets().look(ref).orElseThrow();
  }

  @Test
  void open_whenThereIsNone_isFoundByItsMarkerAndReadBack() throws Exception {
    assertThat(tickets().find("inc_open1")).isEmpty();
    Shown opened = tickets().open("inc_open1", "Redis [x] \"down\" ä", "The text", "critical");
    Ref ref = opened.ref();

    assertThat(ref.url()).isEqualTo(redmine().url() + "/issues/" + ref.ref());
    assertThat(tickets().find("inc_open1")).contains(ref);
    assertThat(tickets().find("inc_open")).isEmpty();
    assertThat(tickets().find("inc_openX")).isEmpty();
    assertThat(look(ref)).isEqualTo(opened);
    assertThat(opened.attached()).isEmpty();
    assertThat(look(ref).says("The text")).isTrue();
    JsonNode issue = issue(ref);
    assertThat(issue.at("/tracker/name").asText()).isEqualTo("Support");
    assertThat(issue.at("/priority/name").asText()).isEqualTo("Immediate");
    assertThat(issue.at("/subject").asText()).isEqualTo("Redis [x] \"down\" ä [inc_open1]");
  }

  @Test
  void find_whenHumansCopiedTheTicket_findsTheOldest() {
    Ref first = tickets().open("inc_copied", "one", "text", "").ref();
    Ref copy = tickets().open("inc_copied", "two", "text", "").ref();
    assertThat(tickets().find("inc_copied")).contains(first);
    assertThat(copy).isNotEqualTo(first);
  }

  @Test
  void attach_whateverTheBytes_areThereByteForByte() throws Exception {
    Ref ref = tickets().open("inc_attach", "attach", "text", "").ref();
    byte[] random = new byte[200_000];
    new Random(1).nextBytes(random);
    byte[] text = "ä\r\n\0<script>".getBytes(StandardCharsets.UTF_8);

    assertThat(tickets().attach(ref, "heap-dump.bin", "application/octet-stream", random)).isTrue();
    assertThat(tickets().attach(ref, "größe-ping.txt", "text/plain; charset=utf-8", text)).isTrue();
    assertThat(tickets().attach(ref, "page.html", "text/html", text)).isTrue();

    assertThat(look(ref).attached())
        .containsExactlyInAnyOrder(
            new Attached("heap-dump.bin", random.length),
            new Attached("größe-ping.txt", text.length),
            new Attached("page.html", text.length));
    for (JsonNode file : issue(ref).path("attachments")) {
      byte[] expected = file.path("filename").asText().equals("heap-dump.bin") ? random : text;
      assertThat(fetch(file.path("content_url").asText())).isEqualTo(expected);
    }
  }

  @Test
  void attach_whenEmpty_isThereOrRefusedButNeverAFault() {
    Ref ref = tickets().open("inc_empty", "empty", "text", "").ref();
    boolean taken = tickets().attach(ref, "empty.txt", "text/plain", new byte[0]);
    assertThat(look(ref).has("empty.txt", 0)).isEqualTo(taken);
  }

  @Test
  void attach_whenTooLarge_isRefusedAndTheTicketIsUntouched() {
    Ref ref = tickets().open("inc_large", "large", "text", "").ref();
    assertThat(tickets().attach(ref, "large.bin", "text/plain", new byte[1_100_000])).isFalse();
    assertThat(look(ref).attached()).isEmpty();
  }

  @Test
  void note_andResolve_areOnTheTicket() throws Exception {
    Ref ref = tickets().open("inc_note", "note", "text", "").ref();
    tickets().note(ref, "first (ref a)");
    tickets().resolve(ref, "over (ref b)");

    Shown shown = look(ref);
    assertThat(shown.ref().status()).isEqualTo("Resolved");
    assertThat(shown.says("first (ref a)")).isTrue();
    assertThat(shown.says("over (ref b)")).isTrue();
    assertThat(issue(ref).path("journals")).hasSize(2);
  }

  @Test
  void look_whenTheTicketIsGone_isEmpty() {
    assertThat(tickets().look(new Ref("999999", "", ""))).isEmpty();
  }

  @Test
  void open_whenTheKeyIsWrong_isAPermanentFaultThatSaysWhatToDo() {
    assertThatThrownBy(() -> tickets("wrong-key", "ops", "Bug", "Resolved").find("inc_x"))
        .isInstanceOfSatisfying(
            CourierException.class, fault -> assertThat(fault.permanent()).isTrue())
        .hasMessageContaining("401")
        .hasMessageContaining("tickets.redmine.apiKey")
        .hasMessageNotContaining("wrong-key");
  }

  @Test
  void open_whenTheProjectIsWrong_isAPermanentFaultThatNamesIt() {
    assertThatThrownBy(
            () -> tickets(redmine().key(), "nope", "Bug", "Resolved").open("inc_p", "s", "t", ""))
        .isInstanceOfSatisfying(
            CourierException.class, fault -> assertThat(fault.permanent()).isTrue())
        .hasMessageContaining("project nope");
  }

  @Test
  void open_whenTheTrackerIsUnknown_namesThoseThereAre() {
    assertThatThrownBy(
            () ->
                tickets(redmine().key(), "ops", "Incident", "Resolved").open("inc_t", "s", "t", ""))
        .hasMessageContaining("'Incident'")
        .hasMessageContaining("Bug, Feature, Support");
  }

  @Test
  void values_inTextileAndMarkdown_areShownAndDoNothing() throws Exception {
    String hostile =
        "h1. <script>alert(1)</script> \"x\":javascript:alert(1) !http://evil/a.png! {{toc}}"
            + " [[Wiki]] #1 @admin http://evil.example www.evil.example *bold* _it_ user:admin"
            + " mailto:a@b.example [x](javascript:alert(1)) `code` %{color:red}red% r12 |a|b|";
    Ref ref =
        tickets()
            .open(
                "inc_hostile", "hostile", "* " + tickets().markup().value(hostile) + "\n* list", "")
            .ref();
    String page =
        new String(fetch(redmine().url() + "/issues/" + ref.ref()), StandardCharsets.UTF_8);
    int begin = page.indexOf("<div class=\"wiki\">", page.indexOf("class=\"description\""));
    String shown = page.substring(begin, page.indexOf("</div>", begin));
    assertThat(begin).isPositive();
    assertThat(shown).contains("<li>");
    assertThat(shown)
        .doesNotContain(
            "<a ", "<img", "<script", "<strong", "<em", "<h1", "<code", "<span", "<table");
    String text = shown.replaceAll("<[^>]+>", "").replaceAll("\\s+", " ");
    assertThat(unescaped(text)).contains(hostile);
  }

  private static String unescaped(String html) {
    return java.util.regex.Pattern.compile("&#(\\d+);")
        .matcher(html)
        .replaceAll(
            code ->
                java.util.regex.Matcher.quoteReplacement(
                    Character.toString(Integer.parseInt(code.group(1)))))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }
}
