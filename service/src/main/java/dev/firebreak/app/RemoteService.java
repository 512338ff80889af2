package dev.firebreak.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A service that runs somewhere, as commands talk to it: by its API, with somebody's token. */
final class RemoteService {
  /** The options that say where it is and who asks. */
  static final Set<String> OPTIONS = Set.of("server", "token-file");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final String address;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private RemoteService(String address, String token) {
    this.address = address.replaceAll("/+$", "");
    this.token = token;
  }

  /**
   * As options and environment say.
   *
   * @throws WrongUse when there is no token: one is never taken from the command line, which others
   *     can see
   */
  static RemoteService of(Options options, UnaryOperator<@Nullable String> environment) {
    String address =
        options
            .value("server")
            .orElseGet(
                () -> otherwise(environment.apply("FIREBREAK_URL"), "http://localhost:8080"));
    String token =
        options
            .value("token-file")
            .map(RemoteService::content)
            .orElseGet(() -> otherwise(environment.apply("FIREBREAK_TOKEN"), ""))
            .strip();
    if (token.isEmpty()) {
      throw new WrongUse("put your token into FIREBREAK_TOKEN, or name its file by --token-file");
    }
    return new RemoteService(address, token);
  }

  /**
   * For a command that lists: its only word is {@code list}.
   *
   * @throws WrongUse when it is anything else
   */
  static RemoteService toList(
      List<String> args, String usage, UnaryOperator<@Nullable String> environment) {
    Options options = new Options(args, OPTIONS, Set.of());
    if (!options.rest().equals(List.of("list"))) {
      throw new WrongUse(usage);
    }
    return of(options, environment);
  }

  /**
   * Prints a line for each item of a list.
   *
   * @param none printed when there is no item
   */
  void list(String path, Function<JsonNode, String> line, String none, PrintStream out) {
    JsonNode items = get(path).path("items");
    items.forEach(item -> out.println(line.apply(item)));
    if (items.isEmpty()) {
      out.println(none);
    }
  }

  private static String otherwise(@Nullable String value, String usual) {
    return value == null || value.isBlank() ? usual : value;
  }

  private static String content(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new StartRefused("the token cannot be read from " + file, e);
    }
  }

  /** One part of a path, or a value of a query. */
  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  JsonNode get(String path) {
    return answer(request(path).GET());
  }

  JsonNode post(String path, Map<String, ?> body) {
    return post(path, "application/json", json(body));
  }

  JsonNode put(String path, Map<String, ?> body) {
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json(body), StandardCharsets.UTF_8)));
  }

  private static String json(Map<String, ?> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can always be written as JSON", e);
    }
  }

  JsonNode delete(String path) {
    return answer(request(path).DELETE());
  }

  JsonNode post(String path, String type, String body) {
    return answer(
        request(path)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
  }

  private HttpRequest.Builder request(String path) {
    try {
      return HttpRequest.newBuilder(URI.create(address + path))
          .timeout(TIMEOUT)
          .header("Accept", "application/json")
          .header("Authorization", "Bearer " + token);
    } catch (IllegalArgumentException e) {
      throw new WrongUse("'" + address + "' is no address like https://firebreak.example.com");
    }
  }

  /** What it answered, if it did what was asked. */
  private JsonNode answer(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() / 100 != 2) {
        throw new StartRefused(refusal(response), null);
      }
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new StartRefused(address + " answered with something else than JSON", e);
    } catch (IOException e) {
      throw new StartRefused(
          "%s does not answer (%s); say where the service is by --server or FIREBREAK_URL"
              .formatted(address, e.getClass().getSimpleName()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused("interrupted before " + address + " answered", e);
    }
  }

  private String refusal(HttpResponse<String> response) {
    String said;
    try {
      said = JSON.readTree(response.body()).path("detail").asText();
    } catch (JsonProcessingException e) {
      said = "";
    }
    return said.isEmpty() ? address + " answered " + response.statusCode() : said;
  }
}
