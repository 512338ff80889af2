package dev.firebreak.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what Alertmanager would say about one outage, in its own words (webhook, version 4). */
final class Alarm {
  private static final String NO_END = "0001-01-01T00:00:00Z";

  private final Stage stage;
  private final HttpClient http;
  private final ObjectMapper json;
  private final Instant startsAt = Instant.now();

  Alarm(Stage stage, HttpClient http, ObjectMapper json) {
    this.stage = stage;
    this.http = http;
    this.json = json;
  }

  void firing() throws IOException, InterruptedException {
    send("firing", NO_END);
  }

  void resolved() throws IOException, InterruptedException {
    send("resolved", Instant.now().toString());
  }

  private void send(String status, String endsAt) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stage.url() + "/webhooks/alertmanager"))
            .header("Authorization", "Bearer " + stage.sourceToken())
            .header("Content-Type", "application/json")
            .header("User-Agent", "Alertmanager/0.25.0")
            .POST(HttpRequest.BodyPublishers.ofString(body(status, endsAt)))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new DemoFailed(
          "the alert was answered %d: %s".formatted(answer.statusCode(), answer.body()));
    }
  }

  private String body(String status, String endsAt) throws JsonProcessingException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("receiver", "firebreak");
    body.put("status", status);
    body.put("alerts", List.of(alert(status, endsAt)));
    body.put("groupLabels", Map.of("alertname", "PatientDown"));
    body.put("commonLabels", labels());
    body.put("commonAnnotations", annotations());
    body.put("externalURL", "http://alertmanager.example:9093");
    body.put("version", "4");
    body.put("groupKey", "{}:{alertname=\"PatientDown\"}");
    body.put("truncatedAlerts", 0);
    return json.writeValueAsString(body);
  }

  private Map<String, Object> alert(String status, String endsAt) {
    return Map.of(
        "status", status,
        "labels", labels(),
        "annotations", annotations(),
        "startsAt", startsAt.toString(),
        "endsAt", endsAt,
        "generatorURL", "http://prometheus.example:9090/graph?g0.expr=probe_success+%3D%3D+0",
        "fingerprint", "%016x".formatted(stage.patientPort() * 0x9E3779B97F4A7C15L));
  }

  private Map<String, String> labels() {
    return Map.of(
        "alertname",
        "PatientDown",
        "instance",
        "127.0.0.1:" + stage.patientPort(),
        "home",
        stage.patient().toString(),
        "severity",
        "critical");
  }

  private Map<String, String> annotations() {
    return Map.of("summary", "The patient does not answer");
  }
}
