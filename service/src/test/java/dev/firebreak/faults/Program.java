package dev.firebreak.faults;

import dev.firebreak.app.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * How a process of ours is started: from the jar that was built, with its classes in an archive
 * made once, so that the suites spend their time on faults; from this JVM's class path where there
 * is no jar, or for a main class of the tests.
 */
public final class Program {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final int PATIENCE_SECONDS = 120;
  private static final List<String> BUILT = built();

  private Program() {}

  /** The order up to the main class, without it. */
  public static List<String> order(Class<?> main, List<String> options) {
    List<String> order = new ArrayList<>(java(options));
    boolean ours = main.equals(CommandLine.MAIN) && !BUILT.isEmpty();
    order.addAll(ours ? BUILT : List.of("-cp", System.getProperty("java.class.path")));
    return order;
  }

  private static List<String> java(List<String> options) {
    List<String> order = new ArrayList<>();
    order.addAll(List.of(JAVA, "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    order.add("--enable-native-access=ALL-UNNAMED");
    order.add("--sun-misc-unsafe-memory-access=allow");
    order.addAll(options);
    return order;
  }

  private static List<String> built() {
    String jar = System.getProperty("firebreak.jar", "");
    if (jar.isEmpty()) {
      return List.of();
    }
    try {
      String path = path(Path.of(jar));
      Path archive = Path.of(jar + ".jsa");
      Files.deleteIfExists(archive);
      practise(List.of("-XX:ArchiveClassesAtExit=" + archive, "-cp", path));
      return Files.exists(archive)
          ? List.of("-XX:SharedArchiveFile=" + archive, "-cp", path)
          : List.of("-cp", path);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String path(Path jar) throws IOException {
    try (Stream<Path> libs = Files.list(jar.resolveSibling("lib"))) {
      return Stream.concat(Stream.of(jar), libs.sorted())
          .map(Path::toString)
          .collect(java.util.stream.Collectors.joining(java.io.File.pathSeparator));
    }
  }

  /** One start and one orderly stop on a database of its own. */
  private static void practise(List<String> options) throws IOException {
    Path folder = Files.createTempDirectory("practice");
    Path log = folder.resolve("log");
    List<String> order = new ArrayList<>(java(options));
    order.addAll(List.of(CommandLine.MAIN.getName(), "server", "bench/config.yml"));
    ProcessBuilder builder = new ProcessBuilder(order).directory(ServiceProcess.home().toFile());
    builder.environment().putAll(surroundings(folder));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    for (int i = 0; i < 10 * PATIENCE_SECONDS && process.isAlive(); i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      if (Files.readString(log).contains(" is ready: http://")) {
        break;
      }
    }
    process.destroy();
    process.onExit().join();
  }

  private static Map<String, String> surroundings(Path folder) {
    return Map.of(
        "BENCH_DATA", folder.toString(),
        "BENCH_DATABASE", "{type: h2}",
        "BENCH_PORT", "0",
        "BENCH_STUB_PORT", "1",
        "BENCH_TOKEN", "none",
        "BENCH_REDMINE_KEY", "none");
  }
}
