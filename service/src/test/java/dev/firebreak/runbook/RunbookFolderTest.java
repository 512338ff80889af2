package dev.firebreak.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunbookFolderTest {
  private static final String ONE = RunbookLoaderTest.good();
  private static final String TWO = ONE.replace("runbook: redis-down", "runbook: redis-slow");
  private static final String BAD = TWO.replace("undo: null", "undo: [");

  @TempDir Path folder;
  private final Map<String, String> kept = new HashMap<>();
  private final List<List<String>> told = new ArrayList<>();
  private RunbookFolder runbooks = open();

  private RunbookFolder open() {
    return new RunbookFolder(
        Path.of("."),
        new RunbookLoader(new FakeActions()),
        version -> Optional.ofNullable(kept.get(version)));
  }

  @BeforeEach
  void begin() throws IOException {
    runbooks =
        new RunbookFolder(
            folder,
            new RunbookLoader(new FakeActions()),
            version -> Optional.ofNullable(kept.get(version)));
    runbooks.onChange(all -> told.add(names(all)));
    write("one.yml", ONE);
    assertThat(runbooks.reload().problems()).isEmpty();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static List<String> names(List<Runbook> runbooks) {
    return runbooks.stream().map(Runbook::name).toList();
  }

  @Test
  void reload_whenNothingChanged_saysSo() throws IOException {
    assertThat(runbooks.reload().changed()).isFalse();
    Files.setLastModifiedTime(folder.resolve("one.yml"), FileTime.fromMillis(1));
    assertThat(runbooks.reload().changed()).as("touched, but the same").isFalse();
    assertThat(told).containsExactly(List.of("redis-down"));
  }

  @Test
  void reload_ofANewFile_takesIt() throws IOException {
    write("two.yaml", TWO);
    write(".hidden.yml", BAD);
    write("notes.txt", BAD);
    RunbookFolder.Reload reload = runbooks.reload();
    assertThat(reload.changed()).isTrue();
    assertThat(reload.taken()).isTrue();
    assertThat(names(runbooks.current())).containsExactly("redis-down", "redis-slow");
    assertThat(runbooks.current("redis-slow")).isPresent();
    assertThat(told).hasSize(2);
  }

  @Test
  void reload_withABadFile_keepsEverythingAsItWas() throws IOException {
    write("one.yml", ONE.replace("Redis does not answer", "Another title"));
    write("two.yml", BAD);
    RunbookFolder.Reload reload = runbooks.reload();
    assertThat(reload.taken()).isFalse();
    assertThat(reload.problems()).isNotEmpty().allMatch(p -> p.file().equals("two.yml"));
    assertThat(runbooks.current().getFirst().title()).isEqualTo("Redis does not answer");
    assertThat(runbooks.reload().changed()).as("told once").isFalse();
    assertThat(runbooks.problems()).isNotEmpty();
    write("two.yml", TWO);
    assertThat(runbooks.reload().taken()).isTrue();
    assertThat(runbooks.current().getFirst().title()).isEqualTo("Another title");
  }

  /** Templates come and go while the service runs. */
  @Test
  void reload_whenATemplateIsMissing_keepsEverything_untilItIsThere() throws IOException {
    List<String> templates = new ArrayList<>(List.of("incident", "summary"));
    RunbookFolder all =
        new RunbookFolder(
            folder,
            new RunbookLoader(
                new FakeActions(),
                new Surroundings(null, null, Map.of(), () -> List.copyOf(templates))),
            version -> Optional.ofNullable(kept.get(version)));
    assertThat(all.reload().taken()).isTrue();
    String before = all.current().getFirst().version();
    write("one.yml", ONE.replace("template: summary", "template: shift"));
    assertThat(all.reload().taken()).isFalse();
    assertThat(all.problems().getFirst().message()).isEqualTo("there is no template 'shift'");
    assertThat(all.reload().changed()).isFalse();
    templates.add("shift");
    assertThat(all.reload().taken()).isTrue();
    assertThat(all.current().getFirst().version()).isNotEqualTo(before);
  }

  /** A run goes on with the version it started with; what it cannot send, its message says. */
  @Test
  void version_whoseTemplateIsGone_isReadAllTheSame() {
    String version = RunbookLoader.version(ONE);
    kept.put(version, ONE);
    RunbookFolder others =
        new RunbookFolder(
            folder.resolve("none"),
            new RunbookLoader(
                new FakeActions(), new Surroundings(null, null, Map.of(), List::<String>of)),
            it -> Optional.ofNullable(kept.get(it)));
    assertThat(others.version(version).name()).isEqualTo("redis-down");
  }

  @Test
  void reload_withOneNameTwice_refuses() throws IOException {
    write("two.yml", ONE);
    RunbookFolder.Reload reload = runbooks.reload();
    assertThat(reload.taken()).isFalse();
    assertThat(reload.problems())
        .extracting(Problem::asLine)
        .containsExactly(
            "two.yml:1:1: error: the runbook 'redis-down' is in one.yml too (give one of them"
                + " another name)");
  }

  private static String calls(String name, String inputs, String... steps) {
    return "runbook: %s\nowner: team\n%sdiagnose:\n%s"
        .formatted(name, inputs, String.join("", steps));
  }

  private List<String> problems() {
    return runbooks.reload().problems().stream().map(Problem::asLine).toList();
  }

  @Test
  void reload_ofRunbooksThatCallOneAnother_looksWhetherTheyFit() throws IOException {
    String wants = "inputs: {host: {}, tries: {type: integer, default: 3}}\n";
    write("b.yml", calls("b", wants, "  - {id: look, tcp: {host: a, port: 1}}\n"));
    write(
        "a.yml",
        calls(
            "a",
            "",
            "  - {id: good, runbook: {name: b, with: {host: x, tries: \"4\"}}}\n",
            "  - {id: type, runbook: {name: b, with: {host: x, tries: many}}}\n",
            "  - {id: less, runbook: {name: b}}\n",
            "  - {id: more, runbook: {name: b, with: {host: x, user: y}}}\n",
            "  - {id: nobody, runbook: {name: bb}}\n",
            "  - {id: change, runbook: {name: redis-down}}\n"));
    assertThat(problems())
        .containsExactly(
            "a.yml:5:16: error: 'b' cannot be called so: 'tries' must be of type integer, not"
                + " string (it wants host: string, tries: integer)",
            "a.yml:6:16: error: 'b' cannot be called so: it is not given 'host' (it wants host:"
                + " string, tries: integer)",
            "a.yml:7:16: error: 'b' cannot be called so: it wants no 'user' (it wants host: string,"
                + " tries: integer)",
            "a.yml:8:18: error: there is no runbook 'bb' (did you mean 'b'?)",
            "a.yml:9:18: error: 'redis-down' can change something, and this step only reads or"
                + " reports (call it from the steps of a rung)");
  }

  @Test
  void reload_ofRunbooksThatCallThemselves_isRefused() throws IOException {
    write("a.yml", calls("a", "", "  - {id: down, runbook: {name: b}}\n"));
    write("b.yml", calls("b", "", "  - {id: down, runbook: {name: c}}\n"));
    write("c.yml", calls("c", "", "  - {id: down, runbook: {name: b}}\n"));
    assertThat(problems())
        .containsExactly(
            "b.yml:4:16: error: these runbooks call each other: b → c → b",
            "c.yml:4:16: error: these runbooks call each other: c → b → c");
  }

  @Test
  void reload_whenAFileIsGone_forgetsItsRunbook() throws IOException {
    String version = RunbookLoader.version(ONE);
    Files.delete(folder.resolve("one.yml"));
    assertThat(runbooks.reload().taken()).isTrue();
    assertThat(runbooks.current()).isEmpty();
    assertThat(runbooks.version(version).name()).isEqualTo("redis-down");
  }

  @Test
  void reload_whenTheFolderIsGone_keepsEverything() throws IOException {
    Files.delete(folder.resolve("one.yml"));
    Files.delete(folder);
    RunbookFolder.Reload reload = runbooks.reload();
    assertThat(reload.changed()).isTrue();
    assertThat(reload.taken()).isFalse();
    assertThat(reload.problems()).hasSize(1);
    assertThat(runbooks.current()).hasSize(1);
    assertThat(runbooks.reload().changed()).as("told once").isFalse();
    Files.createDirectory(folder);
    write("one.yml", ONE);
    assertThat(runbooks.reload().taken()).isTrue();
  }

  @Test
  void reload_ofWhatIsNotUtf8_refuses() throws IOException {
    Files.write(folder.resolve("two.yml"), TWO.getBytes(StandardCharsets.UTF_16));
    assertThat(runbooks.reload().taken()).isFalse();
    assertThat(runbooks.current()).hasSize(1);
  }

  @Test
  void reload_ofAHugeFile_refusesWithoutReadingIt() throws IOException {
    try (java.io.RandomAccessFile file =
        new java.io.RandomAccessFile(folder.resolve("two.yml").toFile(), "rw")) {
      file.setLength(1L << 33);
    }
    assertThat(runbooks.reload().problems()).extracting(Problem::code).containsExactly("too-large");
  }

  @Test
  void version_thatWasReplaced_isParsedFromWhatWasKept() throws IOException {
    String version = RunbookLoader.version(TWO);
    assertThatThrownBy(() -> runbooks.version(version))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("never kept");
    kept.put(version, TWO);
    Runbook first = runbooks.version(version);
    assertThat(first.name()).isEqualTo("redis-slow");
    assertThat(runbooks.version(version)).isSameAs(first);
    String wrong = "0".repeat(64);
    kept.put(wrong, ONE);
    assertThatThrownBy(() -> runbooks.version(wrong)).hasMessageContaining("wrong hash");
  }
}
