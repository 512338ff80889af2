import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How cost grows with what is stored: one run and its incident are made by the service, copied by
 * SQL as often as needed, and then the service is started on that. See README.md.
 */
public final class Growth {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WEBHOOK_TOKEN = "growth-token-of-this-machine";
  private static final int REPEATS = 5;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path folder = Files.createTempDirectory("growth-");
  private final HttpServer stub =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
  private final int port;
  private final String admin;
  private Process service;
  private String cookie = "";
  private int sent;

  private Growth() throws Exception {
    stub.createContext(
        "/",
        exchange -> {
          byte[] ok = "{\"status\": \"ok\"}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, ok.length);
          exchange.getResponseBody().write(ok);
          exchange.close();
        });
    stub.start();
    port = free();
    configure();
    admin = token();
  }

  private static int free() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public static void main(String[] args) throws Exception {
    double scale = args.length > 0 ? Double.parseDouble(args[0]) : 1;
    List<String> table = new ArrayList<>();
    runs("finished runs", "GrowthShort", "succeeded", sizes(scale, 1_000_000), table);
    runs("waiting runs", "GrowthLong", "waiting", sizes(scale, 100_000), table);
    timeline(sizes(scale, 50_000), table);
    table.forEach(System.out::println);
    System.exit(0);
  }

  private static int[] sizes(double scale, int most) {
    int top = (int) (most * scale);
    return new int[] {1, top / 4, top / 2, top};
  }

  private static void runs(
      String what, String alert, String status, int[] sizes, List<String> table) throws Exception {
    Growth growth = new Growth();
    growth.start();
    String run = growth.begin(alert, status);
    growth.stop();
    Plot plot = new Plot("Cost with so many " + what, "ms; the start in units of 100 ms");
    int there = 1;
    for (int size : sizes) {
      growth.copy(run, there, size);
      there = Math.max(there, size);
      plot.add("start until a webhook is taken (100 ms)", size, growth.start() * 10);
      growth.settled(what.startsWith("waiting") ? size : 0);
      plot.add("webhook until its run has ended", size, growth.median(growth::workflow));
      plot.add("console: incidents", size, growth.page("/", growth.cookie));
      plot.add("console: a run", size, growth.page("/runs/" + run, growth.cookie));
      plot.add(
          "API: runs with this status", size, growth.page("/api/v1/runs?status=" + status, null));
      plot.add("API: runs", size, growth.page("/api/v1/runs?limit=50", null));
      growth.stop();
    }
    growth.end(plot, what, sizes, table);
  }

  private static void timeline(int[] sizes, List<String> table) throws Exception {
    Growth growth = new Growth();
    growth.start();
    String run = growth.begin("GrowthLong", "waiting");
    String incident = growth.get("/api/v1/runs/" + run).path("incident").asText();
    growth.stop();
    Plot plot = new Plot("Cost with so many lines in one timeline", "ms");
    for (int size : sizes) {
      growth.lines(incident, size);
      growth.start();
      plot.add("console: the incident", size, growth.page("/incidents/" + incident, growth.cookie));
      plot.add("API: the incident", size, growth.page("/api/v1/incidents/" + incident, null));
      plot.add(
          "API: a page of its timeline",
          size,
          growth.page("/api/v1/incidents/" + incident + "/timeline?limit=100", null));
      plot.add("one more line, durably", size, growth.median(() -> growth.note(incident)));
      growth.stop();
    }
    growth.end(plot, "timeline lines", sizes, table);
  }

  private void end(Plot plot, String what, int[] sizes, List<String> table) throws Exception {
    plot.write(Path.of("bench/growth-" + what.replace(' ', '-') + ".svg"));
    table.add("");
    table.add(
        "| "
            + what
            + " | "
            + String.join(" | ", Arrays.stream(sizes).mapToObj(n -> "%,d".formatted(n)).toList())
            + " |");
    table.add("|---|" + "---|".repeat(sizes.length));
    table.addAll(plot.rows());
    stub.stop(0);
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  private void configure() throws Exception {
    Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
    String common =
        """
        title: T
        owner: bench
        deadline: 300d
        on:
          alert: alert.status == 'firing' && alert.labels.alertname == 'NAME'
          incident: "NAME/{{alert.labels.worker}}"
        diagnose:
        """;
    Files.writeString(
        runbooks.resolve("short.yml"),
        "runbook: short\n"
            + common.replace("NAME", "GrowthShort")
            + "  - id: look\n    http: {url: \"http://127.0.0.1:"
            + stub.getAddress().getPort()
            + "/\"}\n");
    Files.writeString(
        runbooks.resolve("long.yml"),
        "runbook: long\n"
            + common.replace("NAME", "GrowthLong")
            + "  - id: rest\n    wait: {for: 299d}\n");
    Files.writeString(
        folder.resolve("config.yml"),
        """
        data: FOLDER/data
        baseUrl: http://127.0.0.1:PORT
        runbooks: {path: FOLDER/runbooks, reload: 1h}
        templates: templates
        retention: {every: 24h}
        sources: [{name: bench, type: alertmanager, auth: {type: bearer, tokens: [TOKEN]}}]
        egress: {allow: [127.0.0.1]}
        server:
          applicationConnectors: [{type: http, port: PORT, bindHost: 127.0.0.1}]
          adminConnectors: [{type: http, port: 0, bindHost: 127.0.0.1}]
          requestLog: {appenders: []}
        logging: {level: WARN, loggers: {dev.firebreak: INFO, com.networknt: ERROR}, appenders: [{type: console}]}
        """
            .replace("FOLDER", folder.toString())
            .replace("PORT", "" + port)
            .replace("TOKEN", WEBHOOK_TOKEN));
  }

  private Process firebreak(String... args) throws Exception {
    List<String> order = new ArrayList<>(List.of("./firebreak"));
    order.addAll(List.of(args));
    return new ProcessBuilder(order)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out.log").toFile()))
        .start();
  }

  private String token() throws Exception {
    firebreak(
            "token",
            "create",
            "--name",
            "ana",
            "--roles",
            "admin",
            "--config",
            folder + "/config.yml")
        .waitFor();
    return Files.readAllLines(folder.resolve("out.log")).stream()
        .filter(line -> line.startsWith("fbt_"))
        .findFirst()
        .orElseThrow();
  }

  private double start() throws Exception {
    long begun = System.nanoTime();
    service = firebreak("server", folder + "/config.yml");
    while (deliver("Nothing") != 202) {
      if (!service.isAlive() || System.nanoTime() - begun > 300e9) {
        throw new IllegalStateException("does not start; see " + folder.resolve("out.log"));
      }
      Thread.sleep(20);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    HttpResponse<String> in =
        send(
            request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "http://127.0.0.1:" + port)
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "token=" + URLEncoder.encode(admin, StandardCharsets.UTF_8))));
    cookie = in.headers().firstValue("Set-Cookie").orElse("none").split(";")[0];
    return seconds;
  }

  private void stop() throws Exception {
    service.destroy();
    service.waitFor();
  }

  /** Waits until all that waits was taken over. */
  private void settled(int waiting) throws Exception {
    String owner = "";
    for (int i = 0; i < 3000 && waiting > 1; i++) {
      String log = Files.readString(folder.resolve("out.log"));
      if (log.substring(Math.max(0, log.length() - 4000))
          .contains("took up " + waiting + " runs")) {
        return;
      }
      Thread.sleep(100);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private int deliver(String alert) throws Exception {
    try {
      HttpResponse<String> answer =
          send(
              request("/webhooks/bench")
                  .header("Authorization", "Bearer " + WEBHOOK_TOKEN)
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          Webhook.of(alert, "w" + sent, "x", 1, sent++))));
      last = answer.body();
      return answer.statusCode();
    } catch (java.io.IOException e) {
      return 0;
    }
  }

  private String last = "";

  private JsonNode get(String path) throws Exception {
    return JSON.readTree(send(request(path).header("Authorization", "Bearer " + admin)).body());
  }

  private String begin(String alert, String status) throws Exception {
    if (deliver(alert) != 202) {
      throw new IllegalStateException(last);
    }
    String run = JSON.readTree(last).at("/alerts/0/runs/0").asText();
    while (!get("/api/v1/runs/" + run).path("status").asText().equals(status)) {
      Thread.sleep(2);
    }
    return run;
  }

  private double workflow() throws Exception {
    long begun = System.nanoTime();
    begin("GrowthShort", "succeeded");
    return (System.nanoTime() - begun) / 1e6;
  }

  private double note(String incident) throws Exception {
    long begun = System.nanoTime();
    int status =
        send(request("/api/v1/incidents/" + incident + "/notes")
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"one more\"}")))
            .statusCode();
    require(status, 204, "note");
    return (System.nanoTime() - begun) / 1e6;
  }

  private double page(String path, String session) throws Exception {
    return median(
        () -> {
          long begun = System.nanoTime();
          HttpRequest.Builder request = request(path);
          int status =
              send(session == null
                      ? request.header("Authorization", "Bearer " + admin)
                      : request.header("Cookie", session))
                  .statusCode();
          require(status, 200, path);
          return (System.nanoTime() - begun) / 1e6;
        });
  }

  private static void require(int status, int wanted, String what) {
    if (status != wanted) {
      throw new IllegalStateException(what + " was answered " + status);
    }
  }

  private interface Measure {
    double once() throws Exception;
  }

  private double median(Measure measure) throws Exception {
    double[] times = new double[REPEATS];
    for (int i = 0; i < 3; i++) {
      measure.once();
    }
    for (int i = 0; i < REPEATS; i++) {
      times[i] = measure.once();
    }
    Arrays.sort(times);
    return times[REPEATS / 2];
  }

  private Connection database() throws Exception {
    return DriverManager.getConnection(
        "jdbc:h2:file:" + folder + "/data/firebreak;MODE=PostgreSQL", "firebreak", "");
  }

  /** Copies a run, its steps and its incident until there are so many. */
  private void copy(String run, int from, int to) throws Exception {
    try (Connection connection = database();
        Statement sql = connection.createStatement()) {
      String incident = one(sql, "SELECT incident_id FROM run WHERE id = '" + run + "'");
      for (int begin = from; begin < to; begin += 50_000) {
        String range =
            " CROSS JOIN SYSTEM_RANGE("
                + begin
                + ", "
                + (Math.min(to, begin + 50_000) - 1)
                + ") n WHERE ";
        String id = "LPAD(n.x, 26, '0')";
        clone(
            sql,
            "incident",
            range + "t.id = '" + incident + "'",
            Map.of("id", "'inc_' || " + id, "open_key", "t.open_key || n.x"));
        clone(
            sql,
            "run",
            range + "t.id = '" + run + "'",
            Map.of(
                "id",
                "'run_' || " + id,
                "incident_id",
                "'inc_' || " + id,
                "live_key",
                "t.live_key || n.x"));
        clone(
            sql,
            "run_step",
            range + "t.run_id = '" + run + "'",
            Map.of("run_id", "'run_' || " + id));
        clone(
            sql,
            "journal_entry",
            range + "t.sequence = 1 AND t.incident_id = '" + incident + "'",
            Map.of("incident_id", "'inc_' || " + id));
        clone(
            sql,
            "journal_head",
            range + "t.incident_id = '" + incident + "'",
            Map.of("incident_id", "'inc_' || " + id, "sequence", "1"));
      }
      sql.execute("SHUTDOWN");
    }
  }

  private void lines(String incident, int to) throws Exception {
    try (Connection connection = database();
        Statement sql = connection.createStatement()) {
      int from =
          Integer.parseInt(
              one(
                  sql,
                  "SELECT MAX(sequence) FROM journal_entry WHERE incident_id = '"
                      + incident
                      + "'"));
      clone(
          sql,
          "journal_entry",
          " CROSS JOIN SYSTEM_RANGE("
              + (from + 1)
              + ", "
              + Math.max(to, from + 1)
              + ") n WHERE t.sequence = 2 AND t.incident_id = '"
              + incident
              + "'",
          Map.of("sequence", "n.x"));
      sql.execute(
          "UPDATE journal_head SET sequence = (SELECT MAX(sequence) FROM journal_entry e WHERE"
              + " e.incident_id = journal_head.incident_id) WHERE incident_id = '"
              + incident
              + "'");
      sql.execute("SHUTDOWN");
    }
  }

  private static String one(Statement sql, String query) throws Exception {
    try (ResultSet rows = sql.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void clone(Statement sql, String table, String from, Map<String, String> changed)
      throws Exception {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    try (ResultSet rows =
        sql.executeQuery(
            "SELECT LOWER(column_name) FROM information_schema.columns WHERE table_name = '"
                + table.toUpperCase()
                + "' AND table_schema = 'PUBLIC' ORDER BY ordinal_position")) {
      while (rows.next()) {
        names.add(rows.getString(1));
        values.add(changed.getOrDefault(rows.getString(1), "t." + rows.getString(1)));
      }
    }
    sql.execute(
        "INSERT INTO "
            + table
            + " ("
            + String.join(", ", names)
            + ") SELECT "
            + String.join(", ", values)
            + " FROM "
            + table
            + " t"
            + from);
  }
}
