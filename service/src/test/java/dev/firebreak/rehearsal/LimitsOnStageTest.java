package dev.firebreak.rehearsal;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.alert.Alert;
import dev.firebreak.guard.Counted.Level;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.GuardSettings.Window;
import dev.firebreak.guard.LimitRules;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.runbook.Limit;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Limits at every level, and what becomes of a change when one is reached. */
class LimitsOnStageTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Window MANY = new Window(50, HOUR);
  private static final Window TWO = new Window(2, HOUR);
  private static final Set<Level> NAMED =
      EnumSet.of(Level.TARGET, Level.RUNBOOK, Level.SERVICE, Level.TEAM);

  @TempDir Path folder;
  private int fired;
  private @Nullable Stage stage;

  private Stage open(GuardSettings settings, Limit.Over over, int own) {
    Runbook book =
        runbook(
            List.of(),
            List.of(rung("fix").limit(new Limit(own, HOUR, over)).build()),
            null,
            List.of());
    this.book = book;
    Stage opened =
        new Stage(
            Database.inMemory(UUID.randomUUID().toString()), book, Map.of(), settings, folder);
    stage = opened;
    return opened;
  }

  private @Nullable Runbook book;

  @AfterEach
  void close() {
    if (stage != null) {
      stage.close();
    }
  }

  /** The settings in which only this level allows no more than two in an hour. */
  private static GuardSettings two(Level level) {
    Map<Level, Window> each = new HashMap<>();
    if (level != Level.RUNBOOK && NAMED.contains(level)) {
      each.put(level, TWO);
    }
    return new GuardSettings(
        List.of("**"),
        level == Level.RUNBOOK ? TWO : MANY,
        level == Level.GLOBAL ? TWO : MANY,
        new LimitRules(each, List.of()));
  }

  private static String code(Level level) {
    return switch (level) {
      case FIX -> "limit-target";
      case TARGET -> "limit-target-all";
      default -> "limit-" + level.asText();
    };
  }

  private Run fire(Stage on) {
    fired++;
    Alert alert =
        new Alert(
            "test",
            "f" + fired,
            Alert.Status.FIRING,
            VirtualTime.START,
            null,
            Map.of("service", "checkout"),
            Map.of(),
            null,
            "something broke",
            null);
    String run = on.fire(java.util.Objects.requireNonNull(book), alert, "key" + fired);
    on.settle();
    return on.run(run);
  }

  private static String state(Run run) {
    return run.step("fix").state().toString();
  }

  @ParameterizedTest
  @EnumSource(Level.class)
  void limit_ofEachLevel_refusesTheThird_andSaysWhichOne(Level level) {
    Stage on = open(two(level), Limit.Over.REFUSE, level == Level.FIX ? 2 : 40);
    assertThat(fire(on).status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(fire(on).status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(state(fire(on))).contains(code(level), "within 1h", "over: queue");
    on.time().advanceTo(VirtualTime.START.plus(HOUR));
    assertThat(fire(on).status()).as("the window moved on").isEqualTo(RunStatus.MITIGATED);
  }

  @ParameterizedTest
  @EnumSource(Level.class)
  void queue_waitsUntilThereIsRoom_andGoesOn_neverMoreThanTheLimit(Level level) {
    Stage on = open(two(level), Limit.Over.QUEUE, level == Level.FIX ? 2 : 40);
    fire(on);
    on.time().advanceTo(VirtualTime.START.plusSeconds(600));
    fire(on);
    Run third = fire(on);
    Run fourth = fire(on);
    assertThat(third.status()).isEqualTo(RunStatus.WAITING);
    assertThat(state(third)).contains(code(level), "there is room at");
    assertThat(made(on, third)).isEmpty();
    play(on);
    Instant first = VirtualTime.START.plus(HOUR);
    assertThat(made(on, third)).as("the older one goes first").contains(first);
    assertThat(made(on, fourth)).contains(first.plus(Duration.ofMinutes(10)));
    assertThat(on.run(third.id()).status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(on.run(fourth.id()).status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(kinds(on, third, "guard.held")).as("not at every look").isLessThan(4);
  }

  private static void play(Stage on) {
    while (on.advance(Optional.empty())) {
      on.settle();
    }
  }

  private static Optional<Instant> made(Stage on, Run run) {
    return on.read(tx -> on.database().intents().ofRun(tx, run.id())).stream()
        .map(intent -> intent.committedAt())
        .findFirst();
  }

  private static long kinds(Stage on, Run run, String kind) {
    return lines(on, run).stream().filter(line -> line.kind().equals(kind)).count();
  }

  private static List<JournalEntry> lines(Stage on, Run run) {
    return on.read(tx -> on.database().journal().read(tx, run.incidentId(), 0, 1_000));
  }

  @Test
  void queue_endsWithTheRunsDeadline() {
    GuardSettings settings =
        new GuardSettings(List.of("**"), MANY, new Window(1, Duration.ofDays(2)));
    Stage on = open(settings, Limit.Over.QUEUE, 40);
    fire(on);
    Run second = fire(on);
    play(on);
    Run ended = on.run(second.id());
    assertThat(ended.status().ended()).isTrue();
    assertThat(state(ended)).contains("run-deadline");
    assertThat(made(on, ended)).isEmpty();
  }

  @Test
  void queue_alertIsOverMeanwhile_nothingIsDone() {
    Stage on = open(two(Level.GLOBAL), Limit.Over.QUEUE, 40);
    fire(on);
    fire(on);
    Run third = fire(on);
    on.resolve(
        third,
        new Alert(
            "test",
            "f" + fired,
            Alert.Status.RESOLVED,
            VirtualTime.START,
            VirtualTime.START.plusSeconds(1),
            Map.of("service", "checkout"),
            Map.of(),
            null,
            "something broke",
            null));
    on.settle();
    play(on);
    assertThat(made(on, third)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Level.class,
      mode = Mode.EXCLUDE,
      names = {"FIX", "GLOBAL"})
  void namedLimit_takesThePlaceOfTheOneForAny(Level level) {
    String name =
        switch (level) {
          case TARGET -> "host/*";
          case SERVICE -> "check*";
          case TEAM -> "team";
          default -> "book";
        };
    GuardSettings settings =
        new GuardSettings(
            List.of("**"),
            MANY,
            MANY,
            new LimitRules(
                Map.of(Level.SERVICE, MANY, Level.TEAM, MANY, Level.TARGET, MANY),
                List.of(
                    new LimitRules.Named(level, "other", MANY),
                    new LimitRules.Named(level, name, new Window(1, HOUR)))));
    Stage on = open(settings, Limit.Over.REFUSE, 40);
    assertThat(fire(on).status()).isEqualTo(RunStatus.MITIGATED);
    assertThat(state(fire(on))).contains(code(level)).contains("limits.named allows");
  }

  @Test
  void decision_saysWhatIsLeftOfEachLimitThatCountsIt() {
    Stage on = open(two(Level.TEAM), Limit.Over.REFUSE, 3);
    fire(on);
    Run second = fire(on);
    JournalEntry line =
        lines(on, second).stream()
            .filter(it -> it.kind().equals("intent.committed"))
            .findFirst()
            .orElseThrow();
    assertThat(line.text()).endsWith("the limit of this team leaves 0 of 2 within 1h");
    assertThat(line.data())
        .contains("\"limits\"", "\"fix\"", "book/fix host/a", "\"team\"", "\"global\"")
        .contains("\"left\":0", "\"left\":1", "\"left\":48", "\"used\":2");
  }
}
