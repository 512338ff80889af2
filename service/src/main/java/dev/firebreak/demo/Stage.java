package dev.firebreak.demo;

import dev.firebreak.core.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder of one demonstration, with everything in it: configuration, runbook, patient, tickets.
 *
 * @param folder fresh, readable for its owner only
 * @param port of the service
 * @param patientPort of the patient
 * @param sourceToken what the source of alerts presents
 */
record Stage(Path folder, int port, int patientPort, String sourceToken) {
  /** How long each set of people has at a gate in the runbook as it is. */
  private static final String WITHIN = "within: 15m";

  static Stage build(int wantedPort, Duration walk) throws IOException {
    List<Integer> free = freePorts();
    int port = wantedPort == 0 ? free.getFirst() : wantedPort;
    byte[] token = new byte[24];
    new java.security.SecureRandom().nextBytes(token);
    Stage stage =
        new Stage(
            Files.createTempDirectory("firebreak-demo-").toRealPath(),
            port,
            free.getLast(),
            HexFormat.of().formatHex(token));
    stage.furnish(walk);
    return stage;
  }

  private static List<Integer> freePorts() throws IOException {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return List.of(one.getLocalPort(), two.getLocalPort());
    }
  }

  private void furnish(Duration walk) throws IOException {
    Files.createDirectories(folder.resolve("runbooks"));
    Files.createDirectories(patient());
    Files.writeString(folder.resolve("runbooks/patient.yml"), hurried(walk));
    Files.writeString(folder.resolve("source-token"), sourceToken);
    write("config.yml", config());
    write("restart", patient().resolve("restart"));
    if (!restart().toFile().setExecutable(true, true)) {
      throw new IOException(restart() + " cannot be made executable");
    }
  }

  /** The runbook, but for the time people have: nobody watches a demo for a quarter of an hour. */
  private static String hurried(Duration walk) throws IOException {
    Path runbook = home().resolve("runbooks/patient.yml");
    String text = Files.readString(runbook);
    if (!text.contains(WITHIN)) {
      throw new IOException(runbook + " no longer says '" + WITHIN + "', which the demo shortens");
    }
    return text.replace(WITHIN, "within: " + Durations.text(walk));
  }

  private static Path home() {
    return Path.of(System.getProperty("firebreak.home", ".")).toAbsolutePath();
  }

  private void write(String resource, Path to) throws IOException {
    String text = resource(resource);
    for (Map.Entry<String, String> part : parts().entrySet()) {
      text = text.replace("@" + part.getKey() + "@", part.getValue());
    }
    Files.writeString(to, text);
  }

  private Map<String, String> parts() {
    return Map.of(
        "folder", folder.toString(),
        "templates", home().resolve("templates").toString(),
        "port", Integer.toString(port),
        "patient", "127.0.0.1:" + patientPort,
        "start", "'" + String.join("' '", patientCommand()) + "'");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Stage.class.getResourceAsStream("/demo/" + name)) {
      if (in == null) {
        throw new IOException("/demo/" + name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The command that starts a patient with the Java that runs us. */
  List<String> patientCommand() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx24m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("-cp", program().toString(), Patient.class.getName()));
    words.addAll(List.of(Integer.toString(patientPort), patient().toString()));
    return words;
  }

  private static Path program() {
    try {
      return Path.of(Patient.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's own place is not a file", e);
    }
  }

  Path config() {
    return folder.resolve("config.yml");
  }

  Path patient() {
    return folder.resolve("patient");
  }

  Path restart() {
    return patient().resolve("restart");
  }

  Path tickets() {
    return folder.resolve("tickets");
  }

  Path log() {
    return folder.resolve("firebreak.log");
  }

  /** What the channel of type {@code console} says. */
  Path notices() {
    return folder.resolve("notices.txt");
  }

  String url() {
    return "http://localhost:" + port;
  }

  /** Removes the folder; what cannot be removed stays. */
  void strike() {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | java.io.UncheckedIOException e) {
      folder.toFile().deleteOnExit();
    }
  }
}
