package dev.firebreak.rehearsal;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.firebreak.alert.Alert;
import dev.firebreak.calendar.Span;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Masker;
import dev.firebreak.core.Secrets;
import dev.firebreak.fixtures.Heralds;
import dev.firebreak.fixtures.Written;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.CauseGuard;
import dev.firebreak.guard.CauseSettings;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Guards;
import dev.firebreak.guard.HaltSwitch;
import dev.firebreak.guard.Herald;
import dev.firebreak.guard.OwnGuard;
import dev.firebreak.guard.Proposal;
import dev.firebreak.guard.blast.BlastGuard;
import dev.firebreak.guard.blast.BlastSettings;
import dev.firebreak.guard.breaker.SuspicionGuard;
import dev.firebreak.guard.breaker.SuspicionSettings;
import dev.firebreak.guard.freeze.Freeze;
import dev.firebreak.guard.opa.OpaClient;
import dev.firebreak.guard.opa.OpaGuard;
import dev.firebreak.guard.opa.OpaSettings;
import dev.firebreak.guard.policy.PolicyFolder;
import dev.firebreak.guard.policy.PolicyGuard;
import dev.firebreak.guard.policy.PolicySet;
import dev.firebreak.guard.promotion.PromotionGuard;
import dev.firebreak.guard.promotion.PromotionSettings;
import dev.firebreak.guard.recurrence.FlappingGuard;
import dev.firebreak.guard.recurrence.FlappingSettings;
import dev.firebreak.guard.recurrence.RepetitionSettings;
import dev.firebreak.guard.recurrence.Repetitions;
import dev.firebreak.run.NewRun;
import dev.firebreak.run.Run;
import dev.firebreak.runbook.Approve;
import dev.firebreak.runbook.Limit;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase.Stub;
import dev.firebreak.runbook.RunbookCase.Stub.How;
import dev.firebreak.store.Database;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of {@code docs/guards.md} are true: every guard is made to say what stands there. */
class GuardsPageTest {
  private static final Path PAGE = Path.of("../docs/guards.md");
  private static final GuardSettings SETTINGS = settings("host/*");

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z]+)` \\| `(.+?)` \\| `(.+?)` \\| (.+?) \\|$");

  @TempDir Path folder;
  private int fired;
  private Runbook book = book(rung("fix").limit(null));

  private final List<Stage> stages = new ArrayList<>();

  private static GuardSettings settings(String managed) {
    return new GuardSettings(
        List.of(managed),
        new GuardSettings.Window(50, Duration.ofHours(1)),
        new GuardSettings.Window(12, Duration.ofHours(1)));
  }

  private static Runbook book(Written.RungBuilder rung) {
    return runbook(List.of(), List.of(rung.build()), null, List.of());
  }

  /** A row of the second table. */
  record Row(String guard, String begins, String metric, List<String> tests) {}

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    Matcher matcher = ROW.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      if (matcher.group(3).startsWith("firebreak_")) {
        rows.add(
            new Row(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                List.of(matcher.group(4).replace("`", "").split(", ", -1))));
      }
    }
    return rows;
  }

  @AfterEach
  void close() {
    stages.forEach(Stage::close);
  }

  @Test
  void bothTables_nameEveryGuardThereIs_inTheSameOrder() throws IOException {
    List<String> named = rows().stream().map(Row::guard).toList();
    List<String> first = new ArrayList<>();
    String page = Files.readString(PAGE);
    Matcher row =
        Pattern.compile("(?m)^\\| `([a-z]+)` \\|.*$")
            .matcher(page.substring(0, page.indexOf("What each says")));
    while (row.find()) {
      first.add(row.group(1));
    }
    assertThat(named).isEqualTo(first).doesNotHaveDuplicates().hasSize(guards().size());
  }

  private static List<JavaClass> guards() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.firebreak.guard")
            .stream()
            .filter(one -> one.isAssignableTo(Guard.class) && !one.isInterface())
            .filter(one -> !one.getPackageName().contains("test"))
            .filter(one -> !one.getSimpleName().isEmpty())
            .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void guard_saysWhatThePageSays(Row row) {
    Map<String, String> said = said(row.guard());
    assertThat(said).containsKey(row.guard());
    assertThat(said.get(row.guard())).contains(row.begins());
    if (!row.guard().equals("lock")) {
      assertThat(said.get(row.guard())).startsWith(row.begins());
    }
  }

  /** That these are exported from the start, the tests of metrics see to. */
  @ParameterizedTest
  @MethodSource("rows")
  void guard_isCountedUnderItsName(Row row) {
    assertThat(row.metric())
        .isEqualTo("firebreak_guard_decisions_total{guard=\"" + row.guard() + "\"}");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void test_thatThePageNames_isThere(Row row) throws ClassNotFoundException {
    assertThat(row.tests()).isNotEmpty();
    for (String test : row.tests()) {
      assertThat(Class.forName("dev.firebreak." + test)).isNotNull();
    }
  }

  /** What guards said, by their names, when this one was made to speak. */
  private Map<String, String> said(String guard) {
    return switch (guard) {
      case "halt" -> {
        Stage stage = stage(Map.of());
        Automation off =
            new Automation(Automation.Mode.OFF, "stop", "person:ana", VirtualTime.START, null);
        stage.orders().automate(off).join();
        yield journal(stage, fire(stage));
      }
      case "own" -> once(new OwnGuard(Map.of("a", "the host"), List.of()), Map.of("instance", "a"));
      case "cause" ->
          once(
              new CauseGuard(CauseSettings.USUAL),
              Map.of("firebreak_cause", "run_1;depth=3;via=a,b,c"));
      case "flapping" -> flapping();
      case "freeze" -> freeze();
      case "storm" -> {
        Stage stage = stage(Map.of());
        for (int i = 0; i < 6; i++) {
          Run unused = fire(stage);
        }
        yield journal(stage, fire(stage));
      }
      case "disk" -> disk();
      case "scope" -> {
        Stage stage = stage(settings("db/*"), Map.of(), List.of());
        yield journal(stage, fire(stage));
      }
      case "alert" -> alert();
      case "cooldown" -> {
        book = book(rung("fix").limit(null).cooldown(Duration.ofMinutes(10)));
        yield twice(Map.of());
      }
      case "lock" ->
          twice(Map.of("fix", List.of(new Stub(How.OK, "", Map.of(), Duration.ofSeconds(30)))));
      case "limit" -> {
        book = book(rung("fix").limit(new Limit(1, Duration.ofHours(1), Limit.Over.REFUSE)));
        yield twice(Map.of());
      }
      case "blast" -> {
        book = book(rung("fix").limit(null).targets("host/a", "host/b"));
        Database database = Database.inMemory(UUID.randomUUID().toString());
        BlastSettings group =
            new BlastSettings(
                "hosts",
                List.of("host/*"),
                Set.of(),
                0,
                1,
                0,
                0,
                List.of(),
                Duration.ofHours(1),
                "team");
        Guard bound = new BlastGuard(database.locks(), database.intents(), List.of(group));
        Stage stage = stage(database, SETTINGS, Map.of(), List.of(bound));
        yield journal(stage, fire(stage));
      }
      case "breaker" -> breaker();
      case "suspicion" -> suspicion();
      case "policy" -> {
        PolicySet stop =
            PolicyFolder.parse(
                Map.of(
                    "p.yml",
                    "policies: [{name: stop, owner: team-ops, when: \"true\", then: deny, why:"
                        + " no}]"));
        Stage stage = stage(SETTINGS, Map.of(), List.of(new PolicyGuard(() -> stop)));
        yield journal(stage, fire(stage));
      }
      case "opa" -> opa();
      case "approval" -> {
        book =
            book(
                rung("fix")
                    .limit(null)
                    .approve(
                        new Approve(
                            null,
                            List.of("ana"),
                            1,
                            Duration.ofMinutes(15),
                            Duration.ZERO,
                            false,
                            List.of(),
                            List.of())));
        Stage stage = stage(Map.of());
        yield journal(stage, fire(stage));
      }
      case "promotion" -> promotion();
      default -> Map.of();
    };
  }

  private Map<String, String> promotion() {
    Database database = Database.inMemory(UUID.randomUUID().toString());
    Guard guard =
        new PromotionGuard(
            new PromotionSettings(true, List.of(), List.of(), true),
            database.promotions(),
            database.runs());
    Stage stage =
        new Stage(
            database,
            OneRunbook.of(book, Map.of()),
            Map.of(),
            SETTINGS,
            folder,
            List.of(),
            List.of(guard));
    stages.add(stage);
    return journal(stage, fire(stage));
  }

  private Stage stage(Map<String, List<Stub>> stubs) {
    return stage(SETTINGS, stubs, List.of());
  }

  private Stage stage(GuardSettings settings, Map<String, List<Stub>> stubs, List<Guard> rules) {
    return stage(Database.inMemory(UUID.randomUUID().toString()), settings, stubs, rules);
  }

  private Stage stage(
      Database database, GuardSettings settings, Map<String, List<Stub>> stubs, List<Guard> rules) {
    Stage stage = new Stage(database, OneRunbook.of(book, stubs), stubs, settings, folder, rules);
    stages.add(stage);
    return stage;
  }

  private Run fire(Stage stage) {
    fired++;
    Alert alert = firing("f" + fired, Alert.Status.FIRING, Map.of("job", "node"));
    String run = stage.fire(book, alert, "key" + fired);
    stage.settle();
    return stage.run(run);
  }

  private static Alert firing(String name, Alert.Status status, Map<String, String> labels) {
    Map<String, String> all = new LinkedHashMap<>(labels);
    all.put("instance", name);
    return new Alert(
        "test", name, status, VirtualTime.START, null, all, Map.of(), null, "broke", null);
  }

  private Map<String, String> twice(Map<String, List<Stub>> stubs) {
    Stage stage = stage(stubs);
    Run unused = fire(stage);
    return journal(stage, fire(stage));
  }

  private Map<String, String> once(Guard guard, Map<String, String> labels) {
    Stage stage = stage(SETTINGS, Map.of(), List.of(guard));
    fired++;
    Alert alert = firing("f" + fired, Alert.Status.FIRING, labels);
    String run = stage.fire(book, alert, "key" + fired);
    stage.settle();
    return journal(stage, stage.run(run));
  }

  private Map<String, String> flapping() {
    Database database = Database.inMemory(UUID.randomUUID().toString());
    Repetitions none =
        new Repetitions(
            database.intents(),
            database.incidents(),
            RepetitionSettings.USUAL,
            Heralds.on(database),
            new Ids(() -> VirtualTime.START),
            (incident, key, news) -> Optional.empty());
    Guard guard =
        new FlappingGuard(database.alerts(), FlappingSettings.USUAL, Heralds.on(database), none);
    Stage stage = stage(database, SETTINGS, Map.of(), List.of(guard));
    Map<String, String> said = Map.of();
    for (int i = 0; i < 5; i++) {
      Instant now = stage.time().instant();
      Alert alert =
          new Alert(
              "test", "f", Alert.Status.FIRING, now, null, Map.of(), Map.of(), null, "b", null);
      String run = stage.fire(book, alert, "key" + i);
      stage.settle();
      said = journal(stage, stage.run(run));
      stage.time().advanceTo(now.plusSeconds(61));
    }
    return said;
  }

  private Map<String, String> freeze() {
    Stage stage = stage(Map.of());
    Instant now = stage.time().instant();
    Span span = Span.parse(now.toString(), now.plusSeconds(3600).toString(), null, null);
    Freeze freeze =
        new Freeze("frz_1", "x", "r", "o", span, Freeze.Mode.DENY, null, "person:ana", now, null);
    stage.write(
        tx -> {
          stage.database().freezes().add(tx, freeze);
          return true;
        });
    return journal(stage, fire(stage));
  }

  private Map<String, String> alert() {
    book =
        book(
            rung("fix")
                .limit(null)
                .approve(
                    new Approve(
                        null,
                        List.of("ana"),
                        1,
                        Duration.ofMinutes(15),
                        Duration.ZERO,
                        false,
                        List.of(),
                        List.of())));
    Runbook goesOn =
        runbook(
            Map.of(),
            dev.firebreak.runbook.Trigger.OnResolve.CONTINUE,
            List.of(),
            book.remediate(),
            null,
            List.of());
    book = goesOn;
    Stage stage = stage(Map.of());
    Run run = fire(stage);
    stage.resolve(run, firing("f" + fired, Alert.Status.RESOLVED, Map.of("job", "node")));
    var gate = stage.openGates().getFirst();
    stage.orders().approve(gate.id(), gate.planHash(), "ana", java.util.Set.of(), "go").join();
    stage.settle();
    return journal(stage, stage.run(run.id()));
  }

  private Map<String, String> disk() {
    Database database = stage(Map.of()).database();
    Guards full =
        new Guards(
            new Guards.Ports(
                database.automation(), database.alerts(), database.intents(), database.locks()),
            new HaltSwitch(folder.resolve("HALT")),
            SETTINGS,
            () -> 0,
            Guards.Others.NONE);
    Run run = NewRun.of("run_1", "inc_1", book, Map.of(), "person:ana", VirtualTime.START);
    Proposal proposal = new Proposal(run, book, "fix", List.of("host/a"));
    Guards.Finding finding =
        database.ledger().commit(tx -> full.check(tx, proposal, VirtualTime.START)).join();
    return finding.decision() instanceof Decision.Deny deny
        ? Map.of(finding.guard(), deny.why().text())
        : Map.of();
  }

  private Map<String, String> breaker() {
    Stage stage =
        stage(Map.of("fix.verify", List.of(new Stub(How.FAILED, "down", Map.of(), Duration.ZERO))));
    Map<String, String> said = Map.of();
    for (int i = 0; i < 6 && !said.containsKey("breaker"); i++) {
      Run run = fire(stage);
      while (!stage.run(run.id()).status().ended() && stage.advance(Optional.empty())) {
        assertThat(stage.openGates()).isEmpty();
      }
      said = journal(stage, run);
    }
    return said;
  }

  private Map<String, String> suspicion() {
    Database database = Database.inMemory(UUID.randomUUID().toString());
    Herald herald =
        new Herald(
            database.incidents(),
            database.journal(),
            database.outbox(),
            List.of(),
            warning -> List.of());
    SuspicionSettings group =
        new SuspicionSettings(
            "hosts",
            Map.of("job", "node"),
            "instance",
            List.of("host/*"),
            2,
            0,
            0,
            Duration.ofMinutes(5),
            "team");
    Guard guard =
        new SuspicionGuard(
            database.breakers(), List.of(group), herald, new Ids(() -> VirtualTime.START));
    Stage stage = stage(database, SETTINGS, Map.of(), List.of(guard));
    Run unused = fire(stage);
    return journal(stage, fire(stage));
  }

  /** An agent that is not there. */
  private Map<String, String> opa() {
    OpaSettings settings =
        new OpaSettings(URI.create("http://localhost:1/v1/data/x"), Duration.ofSeconds(1), null);
    OkHttpClient http = new OkHttpClient();
    OpaClient client =
        new OpaClient(settings, new Secrets(Map.of(), name -> null, new Masker()), http);
    Stage stage = stage(SETTINGS, Map.of(), List.of(new OpaGuard(client)));
    Run run = fire(stage);
    for (int i = 0; i < 20 && !journal(stage, run).containsKey("opa"); i++) {
      Calls.awaitAnswers(http);
      boolean unused =
          stage.advance(Optional.of(stage.time().instant().plus(Duration.ofMillis(500))));
    }
    http.dispatcher().executorService().shutdown();
    return journal(stage, run);
  }

  /** What guards said of the changes of a run, by their names. */
  private static Map<String, String> journal(Stage stage, Run run) {
    Map<String, String> said = new LinkedHashMap<>();
    ObjectMapper json = new ObjectMapper();
    stage.read(tx -> stage.database().journal().read(tx, run.incidentId(), 0, 999)).stream()
        .filter(entry -> entry.kind().startsWith("guard."))
        .forEach(
            entry -> {
              try {
                said.put(
                    json.readTree(entry.data()).path("guard").asText(),
                    entry.text().substring(entry.text().indexOf(": ") + 2));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    return said;
  }
}
