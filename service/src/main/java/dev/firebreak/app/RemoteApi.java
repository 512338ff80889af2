package dev.firebreak.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The interface of a running server, for commands: where it is says {@code --url} or {@code
 * FIREBREAK_URL}, who asks says {@code FIREBREAK_TOKEN}. A token is never an option: those are on
 * every process list.
 */
final class RemoteApi {
  private static final String USUAL = "http://localhost:8080";
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String base;
  private final String token;

  /**
   * The server that these options or the environment name.
   *
   * @throws WrongUse when there is no token
   */
  RemoteApi(Options options, Map<String, String> environment) {
    base =
        options
            .value("url")
            .or(() -> Optional.ofNullable(environment.get("FIREBREAK_URL")))
            .orElse(USUAL)
            .replaceAll("/+$", "");
    token = environment.getOrDefault("FIREBREAK_TOKEN", "");
    if (token.isBlank()) {
      throw new WrongUse("set FIREBREAK_TOKEN to a token of yours; see: token create");
    }
  }

  JsonNode get(String path) {
    return send(request(path).GET());
  }

  JsonNode json(String method, String path, Map<String, Object> body) {
    try {
      return send(
          request(path)
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode calendar(String path, Map<String, String> query, String text) {
    String parameters =
        query.entrySet().stream()
            .map(
                one ->
                    one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "?", ""));
    return send(
        request(path + parameters)
            .header("Content-Type", "text/calendar; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(text)));
  }

  private HttpRequest.Builder request(String path) {
    try {
      return HttpRequest.newBuilder(URI.create(base + path))
          .timeout(PATIENCE)
          .header("Authorization", "Bearer " + token);
    } catch (IllegalArgumentException e) {
      throw new WrongUse("--url: '" + base + "' is no address like " + USUAL);
    }
  }

  private JsonNode send(HttpRequest.Builder request) {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      JsonNode body = read(answer.body());
      if (answer.statusCode() >= 300) {
        String detail = body == null ? "" : body.path("detail").asText(body.path("title").asText());
        throw new StartRefused(
            "%s answered %d: %s".formatted(base, answer.statusCode(), detail), null);
      }
      if (body == null) {
        throw new StartRefused(base + " answered, but not as Firebreak does", null);
      }
      return body;
    } catch (IOException e) {
      throw new StartRefused(
          "%s cannot be reached: %s. Without it, the halt file in the data folder of each node still stops changes"
              .formatted(base, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused("interrupted; whether it was done is not known", e);
    }
  }

  private static @Nullable JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
