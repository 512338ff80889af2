package dev.firebreak.ticket.redmine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.outbox.CourierException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Redmine's REST interface: one call is one request, bounded in time and size, to one origin.
 * Thread-safe.
 */
final class RedmineClient {
  private static final long MAX_ANSWER_BYTES = 16L * 1024 * 1024;
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final MediaType BYTES = MediaType.get("application/octet-stream");

  private final String name;
  private final HttpUrl root;
  private final OkHttpClient http;
  private final Supplier<String> key;
  private final ObjectMapper json;

  RedmineClient(
      String name,
      HttpUrl root,
      OkHttpClient http,
      Duration timeout,
      Supplier<String> key,
      ObjectMapper json) {
    this.name = name;
    this.root = root;
    this.key = key;
    this.json = json;
    this.http =
        http.newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .callTimeout(timeout)
            .build();
  }

  /** What Redmine answered; the body is missing when it sent none. */
  record Answer(int status, JsonNode body) {
    boolean fine() {
      return status >= 200 && status < 300;
    }
  }

  /** An address below Redmine's. */
  HttpUrl.Builder at(String path) {
    return root.newBuilder().addPathSegments(path);
  }

  /** The parsed answer of a reading request. */
  Answer get(HttpUrl url) {
    return send(new Request.Builder().url(url), "GET", null);
  }

  /** Posts JSON. */
  Answer post(HttpUrl url, JsonNode body) {
    return send(new Request.Builder().url(url), "POST", body(body));
  }

  /** Puts JSON. */
  Answer put(HttpUrl url, JsonNode body) {
    return send(new Request.Builder().url(url), "PUT", body(body));
  }

  /** Posts bytes. */
  Answer post(HttpUrl url, byte[] content) {
    return send(new Request.Builder().url(url), "POST", RequestBody.create(content, BYTES));
  }

  /** The answer if it is fine. */
  Answer fine(Answer answer, String doing) {
    if (answer.fine()) {
      return answer;
    }
    throw RedmineFaults.of(name, answer, doing);
  }

  private RequestBody body(JsonNode node) {
    try {
      return RequestBody.create(json.writeValueAsBytes(node), JSON);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  private Answer send(Request.Builder request, String method, @Nullable RequestBody body) {
    try {
      request.header("X-Redmine-API-Key", key.get()).header("Accept", "application/json");
    } catch (SecretUnavailable | IllegalArgumentException e) {
      throw new CourierException(
          "ticket system '%s' has no usable API key (%s): set tickets.%s.apiKey"
              .formatted(name, reason(e), name),
          false,
          null);
    }
    try (Response response = http.newCall(request.method(method, body).build()).execute()) {
      return new Answer(response.code(), read(response));
    } catch (IOException e) {
      throw new CourierException(
          "ticket system '%s' at %s does not answer (%s)"
              .formatted(name, root, e.getClass().getSimpleName()),
          false,
          e);
    }
  }

  /** An illegal header's message would show the key. */
  private static String reason(RuntimeException e) {
    return e instanceof SecretUnavailable
        ? String.valueOf(e.getMessage())
        : "it holds characters that no header can";
  }

  private JsonNode read(Response response) throws IOException {
    BufferedSource source = response.body().source();
    if (source.request(MAX_ANSWER_BYTES + 1)) {
      throw new CourierException(
          "ticket system '%s' answered with more than 16 MiB".formatted(name), true, null);
    }
    Buffer answer = source.getBuffer();
    if (answer.size() == 0) {
      return MissingNode.getInstance();
    }
    try {
      return json.readTree(answer.readByteArray());
    } catch (JsonProcessingException e) {
      return unreadable(response);
    }
  }

  private JsonNode unreadable(Response response) {
    if (!response.isSuccessful()) {
      return MissingNode.getInstance();
    }
    throw new CourierException(
        "ticket system '%s' at %s answered with something that is not JSON: is it Redmine?"
            .formatted(name, root),
        true,
        null);
  }
}
