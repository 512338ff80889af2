package dev.firebreak.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Uses the service's interface as one person. */
final class Gatekeeper {
  private final Stage stage;
  private final HttpClient http;
  private final ObjectMapper json;
  private final String name;
  private final String token;

  Gatekeeper(Stage stage, HttpClient http, ObjectMapper json, String name, String token) {
    this.stage = stage;
    this.http = http;
    this.json = json;
    this.name = name;
    this.token = token;
  }

  String name() {
    return name;
  }

  /** What a human logs in with. */
  String token() {
    return token;
  }

  /** The gate that is open. */
  String openGate() throws IOException, InterruptedException {
    JsonNode gates = json.readTree(call("GET", "/api/v1/gates?status=open", ""));
    JsonNode id = gates.findValue("id");
    if (id == null) {
      throw new DemoFailed("a gate was opened and is not listed: " + gates);
    }
    return id.asText();
  }

  /** Approves exactly the plan that the gate shows. */
  void approve(String gate, String reason) throws IOException, InterruptedException {
    decide(gate, "approve", reason);
  }

  /** Approves it alone, whoever is asked. */
  void breakGlass(String gate, String reason) throws IOException, InterruptedException {
    decide(gate, "break-glass", reason);
  }

  /** Says what somebody found who looked at the glass of a run, and closes its review. */
  void closeReview(String run, String finding) throws IOException, InterruptedException {
    for (JsonNode review : json.readTree(call("GET", "/api/v1/reviews", "")).path("items")) {
      if (review.path("run").asText().equals(run)) {
        String path = "/api/v1/reviews/" + review.path("id").asText() + "/close";
        call("POST", path, json.writeValueAsString(Map.of("finding", finding)));
        return;
      }
    }
    throw new DemoFailed("the glass was broken and there is no review of it");
  }

  private void decide(String gate, String word, String reason)
      throws IOException, InterruptedException {
    JsonNode shown = json.readTree(call("GET", "/api/v1/gates/" + gate, ""));
    String vote =
        json.writeValueAsString(
            Map.of("plan_hash", shown.path("plan_hash").asText(), "reason", reason));
    call("POST", "/api/v1/gates/" + gate + "/" + word, vote);
  }

  String postmortem(String incident) throws IOException, InterruptedException {
    return call("GET", "/api/v1/incidents/" + incident + "/postmortem", "");
  }

  private String call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stage.url() + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new DemoFailed(
          "%s %s was answered %d: %s".formatted(method, path, answer.statusCode(), answer.body()));
    }
    return answer.body();
  }
}
