package dev.firebreak.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.run.JournalEntry;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stream as it goes over the wire. */
@Timeout(60)
class EventsTest {
  @Test
  void stream_catchesUpThenFollowsThenEndsWithItsSession() throws Exception {
    try (TestConsole console = new TestConsole("events").start()) {
      Scene scene = console.scene;
      Browser ana = Browser.of(console, "ana");
      BufferedReader stream = listen(console, ana, "?incident=" + scene.open + "&after=3", "6");
      assertThat(until(stream, "id: "))
          .as("the header is newer than the address")
          .isEqualTo("id: 7");
      assertThat(until(stream, "id: ")).isEqualTo("id: 8");
      JournalEntry unheard = note(scene, "unheard <b>");
      JournalEntry heard = note(scene, "heard");
      scene.feed.recorded(heard);
      assertThat(until(stream, "id: ")).isEqualTo("id: " + unheard.sequence());
      assertThat(until(stream, "data: <p class=\"text\">")).contains("unheard &lt;b&gt;");
      assertThat(until(stream, "id: ")).isEqualTo("id: " + heard.sequence());
      assertThat(ana.post("/logout", java.util.Map.of()).statusCode()).isEqualTo(303);
      scene.clock.advance(Duration.ofSeconds(1));
      scene.feed.recorded(note(scene, "secret"));
      assertThat(until(stream, "id: ")).as("nothing is said to a session that ended").isNull();
      assertThat(emptied(scene.feed)).as("its place is free again").isTrue();
    }
  }

  @Test
  void full_isAnOrderlyEndThatComesBack() throws Exception {
    try (TestConsole console = new TestConsole("events-full").start()) {
      for (int i = 0; i < Scene.PLACES; i++) {
        assertThat(console.scene.feed.join("other-" + i, null)).isPresent();
      }
      Browser ana = Browser.of(console, "ana");
      BufferedReader stream = listen(console, ana, "", null);
      assertThat(until(stream, "retry:")).isEqualTo("retry: 15000");
      assertThat(until(stream, "id: ")).isNull();
    }
  }

  private static boolean emptied(LiveFeed feed) {
    long patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (feed.listening() > 0 && System.nanoTime() < patience) {
      Thread.onSpinWait();
    }
    return feed.listening() == 0;
  }

  private static BufferedReader listen(
      TestConsole console, Browser browser, String query, @Nullable String last) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(console.url() + "/events" + query))
            .header("Cookie", browser.cookie)
            .header("Accept", "text/event-stream");
    if (last != null) {
      request.header("Last-Event-ID", last);
    }
    HttpResponse<java.io.InputStream> answer =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  /** The next line that begins so; null when the stream ends before. */
  private static @Nullable String until(BufferedReader stream, String beginning) throws Exception {
    for (String line = stream.readLine(); line != null; line = stream.readLine()) {
      if (line.startsWith(beginning)) {
        return line;
      }
    }
    return null;
  }

  private static JournalEntry note(Scene scene, String text) {
    AtomicReference<JournalEntry> entry = new AtomicReference<>();
    scene.write(tx -> entry.set(scene.note(tx, scene.open, "note.added", "person:rob", text, 0)));
    return java.util.Objects.requireNonNull(entry.get());
  }
}
