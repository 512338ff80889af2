package dev.firebreak.web;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The plainest browser: no scripts, one cookie, follows nothing by itself. */
final class Browser {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final String base;
  String cookie = "";

  Browser(String base) {
    this.base = base;
  }

  /** Signed in with a token. */
  static Browser of(TestConsole console, String person) throws Exception {
    Browser browser = new Browser(console.url());
    String token = console.scene.tokens.getOrDefault(person, "");
    HttpResponse<String> answer = browser.send("/login", Map.of("token", token), Map.of());
    String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
    browser.cookie = set.substring(0, set.indexOf(';'));
    return browser;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(path, Map.of());
  }

  HttpResponse<String> get(String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    headers.forEach(request::header);
    return client.send(request.header("Cookie", cookie).build(), BodyHandlers.ofString());
  }

  /** Sends a form with the session's word. */
  HttpResponse<String> post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    Map<String, String> all = new java.util.HashMap<>(fields);
    all.put("csrf", csrf());
    return send(path, all, Map.of());
  }

  String csrf() throws IOException, InterruptedException {
    Matcher csrf = CSRF.matcher(get("/").body());
    return csrf.find() ? csrf.group(1) : "";
  }

  HttpResponse<String> send(String path, Map<String, String> fields, Map<String, String> headers)
      throws IOException, InterruptedException {
    String body =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Cookie", cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
