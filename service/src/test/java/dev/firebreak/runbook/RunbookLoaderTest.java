package dev.firebreak.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.runbook.Problem.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunbookLoaderTest {
  private static final Path FAULTS = Path.of("src/test/resources/runbook/faults");
  private static final Surroundings AROUND =
      new Surroundings(
          Set.of("cache-oncall"),
          Set.of("team-cache", "ana", "bob", "boss"),
          Map.of("team-cache", Set.of("cora", "dan"), "ana", Set.of("ana"), "bob", Set.of("bob")),
          () -> List.of("incident", "summary"));

  private final RunbookLoader loader = new RunbookLoader(new FakeActions(), AROUND);

  static String good() {
    try (InputStream file = RunbookLoaderTest.class.getResourceAsStream("/runbook/good.yml")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Runbook load(String text) {
    Loaded loaded = loader.load("good.yml", text);
    assertThat(loaded.problems()).extracting(Problem::asLine).isEmpty();
    assertThat(loaded.runbook()).isNotNull();
    return java.util.Objects.requireNonNull(loaded.runbook());
  }

  static Stream<Path> faults() throws IOException {
    try (Stream<Path> files = Files.list(FAULTS)) {
      return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList().stream();
    }
  }

  /** The problems of each file stand beside it; {@code -Dgolden} writes them anew. */
  @ParameterizedTest
  @MethodSource("faults")
  void load_ofAFault_saysWhereAndWhatToDo(Path file) throws IOException {
    Loaded loaded = loader.load(file.getFileName().toString(), Files.readString(file));
    String lines =
        String.join("\n", loaded.problems().stream().map(Problem::asLine).toList()) + "\n";
    Path golden = Path.of(file.toString().replace(".yml", ".problems"));
    if (Boolean.getBoolean("golden")) {
      Files.writeString(golden, lines);
    }
    assertThat(lines).isEqualTo(Files.readString(golden)).isNotBlank();
    boolean refused = loaded.problems().stream().anyMatch(p -> p.severity() == Severity.ERROR);
    assertThat(loaded.runbook() == null).isEqualTo(refused);
    assertThat(refused).isEqualTo(!file.getFileName().toString().startsWith("warn-"));
  }

  @Test
  void load_ofAGoodFile_readsAllOfIt() {
    Runbook runbook = load(good());
    assertThat(runbook.name()).isEqualTo("redis-down");
    assertThat(runbook.title()).isEqualTo("Redis does not answer");
    assertThat(runbook.owner()).isEqualTo("team-cache");
    assertThat(runbook.on().onResolve()).isEqualTo(Trigger.OnResolve.CONTINUE);
    assertThat(runbook.vars().keySet()).containsExactly("host", "url");
    assertThat(runbook.version()).hasSize(64).isEqualTo(RunbookLoader.version(good()));
    assertThat(runbook.source()).isEqualTo(good());
    assertThat(runbook.escalate()).isNotNull();
    Step info = runbook.diagnose().get(1);
    assertThat(info.name()).isEqualTo("What it says of itself");
    assertThat(info.needs()).containsExactly("ping");
    assertThat(info.timeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(info.artifact()).isEqualTo("redis-info.txt");
    assertThat(info.retry()).isEqualTo(Retry.NONE);
    assertThat(runbook.diagnose().getFirst().retry())
        .isEqualTo(new Retry(3, Duration.ofMillis(500), Duration.ofSeconds(5)));
    assertThat(runbook.conclude()).extracting(Step::id).containsExactly("finally-1", "tell");
  }

  @Test
  void load_ofARung_readsHowItWaits() {
    String limit = good().replaceFirst("over: ask", "over: queue");
    assertThat(load(limit).remediate().getFirst().limit())
        .isEqualTo(new Limit(2, Duration.ofHours(1), Limit.Over.QUEUE));
    assertThat(load(good()).remediate().getFirst().lock()).isEqualTo(LockMode.QUEUE);
    for (LockMode mode : LockMode.values()) {
      String text =
          good()
              .replaceFirst("( +)cooldown: 10m", "$1lock: " + mode.asText() + "\n$1cooldown: 10m");
      assertThat(load(text).remediate().getFirst().lock()).isEqualTo(mode);
    }
  }

  @Test
  void load_ofARung_readsLimitsGateAndProof() {
    Rung restart = load(good()).remediate().getFirst();
    assertThat(restart.limit()).isEqualTo(new Limit(2, Duration.ofHours(1), Limit.Over.ASK));
    assertThat(restart.cooldown()).isEqualTo(Duration.ofMinutes(10));
    Approve approve = java.util.Objects.requireNonNull(restart.approve());
    assertThat(approve.quorum()).isEqualTo(2);
    assertThat(approve.within()).isEqualTo(Duration.ofMinutes(5));
    assertThat(approve.then()).containsExactly(List.of("ana", "bob"), List.of("boss"));
    assertThat(restart.idempotent()).isTrue();
    assertThat(restart.timeout()).isEqualTo(Duration.ofSeconds(60));
    Verify verify = java.util.Objects.requireNonNull(restart.verify());
    assertThat(verify.settle()).isEqualTo(Duration.ofSeconds(5));
    assertThat(verify.within()).isEqualTo(Duration.ofMinutes(2));
    assertThat(verify.every()).isEqualTo(Duration.ofSeconds(3));
    assertThat(verify.timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(restart.undo()).isNull();
    Rung failover = load(good()).remediate().get(1);
    assertThat(failover.targets()).hasSize(2);
    assertThat(failover.undo()).isNotNull();
    Verify second = java.util.Objects.requireNonNull(failover.verify());
    assertThat(second.within()).isEqualTo(Duration.ofMinutes(1));
    assertThat(second.every()).isEqualTo(Duration.ofSeconds(2));
    assertThat(second.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(second.settle()).isZero();
  }

  @Test
  void load_compilesParametersForWhereTheyStand() {
    Call change = load(good()).remediate().get(1).change();
    Map<String, Object> model =
        Map.of(
            "vars",
            Map.of("host", "cache-1:80"),
            "steps",
            Map.of("ping", Map.of("reason", "a&b=\"c\"")));
    assertThat(change.resolve(model))
        .containsEntry("url", "http://cache-1:80/failover?why=a%26b%3D%22c%22")
        .containsEntry("method", "POST")
        .containsEntry("json", Map.of("replicas", 1L, "host", "cache-1:80"));
    assertThat(change.params().keySet()).containsExactly("url", "method", "json");
  }

  @Test
  void load_readsTests() {
    List<RunbookCase> tests = load(good()).tests();
    RunbookCase first = tests.getFirst();
    assertThat(first.name()).isEqualTo("one restart, verified");
    assertThat(first.line()).isEqualTo(51);
    assertThat(first.alert().labels()).containsEntry("instance", "cache-1");
    assertThat(first.alert().severity()).isEqualTo("page");
    assertThat(first.alert().firing()).isTrue();
    assertThat(first.alert().summary()).isEqualTo("one restart, verified");
    assertThat(first.stubs().get("restart"))
        .containsExactly(
            new RunbookCase.Stub(
                RunbookCase.Stub.How.FAILED, "busy", Map.of(), Duration.ofSeconds(3)),
            new RunbookCase.Stub(RunbookCase.Stub.How.OK, "", Map.of("code", 0L), Duration.ZERO));
    assertThat(first.history())
        .containsEntry("restart", List.of(Duration.ofSeconds(1600), Duration.ofSeconds(2600)));
    assertThat(first.votes().get("failover"))
        .containsExactly(
            new RunbookCase.Vote("ana", true, Duration.ZERO),
            new RunbookCase.Vote("bob", true, Duration.ZERO));
    assertThat(first.resolveAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(first.expect().outcome()).isEqualTo("mitigated");
    assertThat(first.expect().refused()).containsEntry("failover", "limit");
    RunbookCase second = tests.get(1);
    assertThat(second.expect().notStarted()).isTrue();
    assertThat(second.expect().ran()).isNull();
    assertThat(second.history())
        .containsEntry("restart", List.of(Duration.ofMinutes(5), Duration.ofMinutes(40)))
        .containsEntry("failover", List.of(Duration.ofHours(12)));
    assertThat(second.votes()).containsOnlyKeys("failover");
  }

  @Test
  void load_ofABomb_endsSoon() {
    java.lang.management.ThreadMXBean threads =
        java.lang.management.ManagementFactory.getThreadMXBean();
    for (String bomb :
        List.of(
            "a: " + "[".repeat(100_000),
            "a: " + "{b: ".repeat(50_000),
            "- ".repeat(100_000),
            "x".repeat(10_000_000),
            "a: \"" + "x".repeat(250_000) + "\"",
            "a: [" + "1, ".repeat(80_000) + "1]",
            "a: &a [x,x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c]\n",
            "k: v\n".repeat(40_000),
            good().replace("steps.ping.failed", "'" + "a".repeat(200_000) + "' == 'b'"))) {
      long before = threads.getCurrentThreadCpuTime();
      Loaded loaded = loader.load("bomb.yml", bomb);
      assertThat(threads.getCurrentThreadCpuTime() - before).isLessThan(1_500_000_000L);
      assertThat(loaded.runbook()).isNull();
      assertThat(loaded.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(200);
    }
  }

  @Test
  void load_ofAnything_neverThrows() {
    String good = good();
    for (int cut = 0; cut < good.length(); cut += 97) {
      assertThat(loader.load("cut.yml", good.substring(0, cut)).problems()).isNotNull();
      String holed = good.substring(0, cut) + good.substring(Math.min(good.length(), cut + 23));
      assertThat(loader.load("hole.yml", holed).problems()).isNotNull();
    }
    for (String odd : List.of("", "null", "[]", "3", "a", "- a", "on: 3", "remediate: {}", "? a")) {
      assertThat(loader.load("odd.yml", odd).runbook()).isNull();
    }
    for (String key :
        List.of("runbook", "on", "vars", "diagnose", "remediate", "tests", "finally")) {
      for (String value : List.of("3", "[]", "[3]", "{}", "[{}]", "[[]]", "x", "", "{a: [b]}")) {
        Loaded loaded = loader.load("odd.yml", key + ": " + value);
        assertThat(loaded.runbook()).isNull();
      }
    }
  }

  @Test
  void load_whenNothingIsKnownAround_warnsOfNothing() {
    RunbookLoader alone = new RunbookLoader(new FakeActions());
    assertThat(alone.load("a.yml", good().replace("cache-oncall", "nobody")).problems()).isEmpty();
  }
}
