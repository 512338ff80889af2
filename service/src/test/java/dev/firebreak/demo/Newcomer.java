package dev.firebreak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a browser: looks at pages and sends the forms that stand on them. */
final class Newcomer {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"");

  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final String url;
  private final String token;

  Newcomer(String url, String token) throws Exception {
    this.url = url;
    this.token = token;
    assertThat(post("/login", Map.of("token", token))).doesNotContain("name=\"token\"");
  }

  String page(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url + path)).GET());
  }

  /** Sends a form of a page: what is hidden in it, and what they write. */
  String submit(String page, String action, Map<String, String> written)
      throws IOException, InterruptedException {
    String text = page(page);
    int at = text.indexOf("action=\"" + action + "\"");
    assertThat(at).as("a form for %s on %s:%n%s", action, page, text).isNotNegative();
    Map<String, String> fields = new TreeMap<>(written);
    Matcher hidden = HIDDEN.matcher(text.substring(at, text.indexOf("</form>", at)));
    while (hidden.find()) {
      fields.put(hidden.group(1), hidden.group(2));
    }
    return post(action, fields);
  }

  private String post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    fields.forEach(
        (name, value) -> words.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", url)
            .POST(BodyPublishers.ofString(String.join("&", words))));
  }

  /** What a program is told, with their token. */
  String api(String path) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
            .header("Authorization", "Bearer " + token));
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
