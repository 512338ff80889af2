import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API says of runs. */
final class Reader {
  private static final int PAGE = 200;
  private static final Pattern LINE =
      Pattern.compile("\"id\":\"(run_\\w+)\",\"incident\".*?\"status\":\"(\\w+)\"");
  private static final Pattern UNKNOWN = Pattern.compile("\"status\":\"unknown\"");
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Site site;
  private final String token;

  Reader(Site site, String token) {
    this.site = site;
    this.token = token;
  }

  /** Status by run, newest first, of those that are newer than a run; "" for all. */
  Map<String, String> runs(String after) throws IOException, InterruptedException {
    Map<String, String> runs = new LinkedHashMap<>();
    for (String cursor = ""; cursor != null; ) {
      String page = get("runs?limit=" + PAGE + cursor);
      Matcher line = LINE.matcher(page);
      int found = 0;
      String last = "";
      while (line.find() && line.group(1).compareTo(after) > 0) {
        last = line.group(1);
        runs.put(last, line.group(2));
        found++;
      }
      cursor = found == PAGE ? "&cursor=" + last : null;
    }
    return runs;
  }

  /** The newest run, or "". */
  String newest() throws IOException, InterruptedException {
    Matcher line = LINE.matcher(get("runs?limit=1"));
    return line.find() ? line.group(1) : "";
  }

  /** Whether nobody knows what became of a change: its proof is on its way, or a human is asked. */
  boolean unknown(String run) throws IOException, InterruptedException {
    return UNKNOWN.matcher(get("runs/" + run)).find();
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + site.port() + "/api/v1/" + path))
            .header("Authorization", "Bearer " + token)
            .timeout(Duration.ofSeconds(30))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " was answered with " + answer.statusCode());
    }
    return answer.body();
  }
}
