package dev.firebreak.guard.opa;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.firebreak.core.SecretRef;
import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.core.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/** Asks the agent by its data API. Whatever goes wrong is an answer. Thread-safe. */
public final class OpaClient {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final long LARGEST = 64 * 1024;

  private final OpaSettings settings;
  private final Secrets secrets;
  private final OkHttpClient http;

  /**
   * A client for one decision.
   *
   * @param http whose limits on time are replaced by those of the settings
   */
  public OpaClient(OpaSettings settings, Secrets secrets, OkHttpClient http) {
    this.settings = settings;
    this.secrets = secrets;
    this.http = http.newBuilder().callTimeout(settings.timeout()).build();
  }

  OpaSettings settings() {
    return settings;
  }

  /** Asks; never fails, and is there within the time the settings say. */
  CompletableFuture<Verdict> ask(Map<String, Object> input) {
    CompletableFuture<Verdict> answer = new CompletableFuture<>();
    try {
      http.newCall(request(input)).enqueue(new Heard(answer));
    } catch (JsonProcessingException | SecretUnavailable e) {
      answer.complete(new Verdict.Nonsense("it cannot be asked: " + e.getMessage()));
    }
    return answer;
  }

  private Request request(Map<String, Object> input) throws JsonProcessingException {
    byte[] body =
        Verdict.JSON.writeValueAsString(Map.of("input", input)).getBytes(StandardCharsets.UTF_8);
    Request.Builder request =
        new Request.Builder()
            .url(settings.url().toString())
            .post(RequestBody.create(body, JSON))
            .header("Accept", "application/json");
    SecretRef token = settings.token();
    if (token != null) {
      request.header("Authorization", "Bearer " + secrets.value(token));
    }
    return request.build();
  }

  private record Heard(CompletableFuture<Verdict> answer) implements Callback {
    @Override
    public void onFailure(Call call, IOException e) {
      answer.complete(new Verdict.Nonsense("it cannot be reached: " + e.getMessage()));
    }

    @Override
    public void onResponse(Call call, Response response) {
      try (response) {
        answer.complete(Verdict.read(response.code(), text(response.body())));
      } catch (IOException | RuntimeException e) {
        answer.complete(new Verdict.Nonsense("its answer broke off: " + e.getMessage()));
      }
    }

    private static String text(ResponseBody body) throws IOException {
      BufferedSource source = body.source();
      if (source.request(LARGEST + 1)) {
        throw new IOException("it is larger than 64 KiB");
      }
      return source.readString(StandardCharsets.UTF_8);
    }
  }
}
