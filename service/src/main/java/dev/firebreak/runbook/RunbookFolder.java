package dev.firebreak.runbook;

import dev.firebreak.runbook.Problem.Severity;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The runbooks of a folder: its files {@code *.yml} and {@code *.yaml}, not those of folders below
 * it. They are taken as a whole or not at all: while any file has an error, those before stay in
 * force. Thread-safe. Nothing is read before the first {@link #reload}.
 */
public final class RunbookFolder implements Runbooks {
  private final Path folder;
  private final FolderFiles files;
  private final RunbookLoader loader;
  private final Function<String, Optional<String>> kept;
  private final List<Consumer<List<Runbook>>> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Runbook> versions = new ConcurrentHashMap<>();
  private volatile Map<String, Runbook> current = Map.of();
  private volatile List<Problem> problems = List.of();
  private Map<Path, FolderFiles.Stamp> seen = Map.of();
  private Map<Path, String> texts = Map.of();
  private Set<String> templates = Set.of();
  private boolean read;

  /**
   * Opens a folder.
   *
   * @param folder where the files are
   * @param loader reads them
   * @param kept the text of a version that is not in the folder any more: {@link
   *     RunbookVersions#source}
   */
  public RunbookFolder(Path folder, RunbookLoader loader, Function<String, Optional<String>> kept) {
    this.folder = folder;
    this.files = new FolderFiles(folder);
    this.loader = loader;
    this.kept = kept;
  }

  /**
   * What a look at the folder brought.
   *
   * @param changed whether any file's content, or which templates there are, changed since the last
   *     look
   * @param taken whether the runbooks in force are those of the folder now
   * @param problems all that is wrong or unwise in it; report them when {@code changed}
   */
  public record Reload(boolean changed, boolean taken, List<Problem> problems) {
    public Reload {
      problems = List.copyOf(problems);
    }
  }

  /** Calls {@code listener} with all runbooks whenever others come into force. */
  public void onChange(Consumer<List<Runbook>> listener) {
    listeners.add(listener);
  }

  /** Looks at the folder, and takes what is there if all of it is without errors. */
  public synchronized Reload reload() {
    try {
      Map<Path, FolderFiles.Stamp> now = files.stamps();
      Set<String> known = loader.templates();
      boolean same = read && known.equals(templates);
      if (same && now.equals(seen)) {
        return new Reload(false, taken(), problems);
      }
      Map<Path, String> found = FolderFiles.read(now.keySet());
      seen = now;
      if (same && found.equals(texts)) {
        return new Reload(false, taken(), problems);
      }
      texts = found;
      templates = known;
      read = true;
      return take(found);
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  private boolean taken() {
    return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
  }

  private Reload unreadable(IOException e) {
    String why =
        e instanceof CharacterCodingException
            ? "is not UTF-8"
            : "cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage();
    List<Problem> before = problems;
    problems =
        List.of(error(folder.toString(), "unreadable", why, "check the folder and its rights"));
    read = false;
    return new Reload(!before.equals(problems), false, problems);
  }

  private static Problem error(String file, String code, String message, String advice) {
    return new Problem(file, 1, 1, Severity.ERROR, code, message, advice);
  }

  private Reload take(Map<Path, String> found) {
    Map<String, Runbook> next = new TreeMap<>();
    Map<String, String> names = new TreeMap<>();
    List<Problem> all = new ArrayList<>();
    found.forEach(
        (file, text) -> {
          Loaded loaded = loader.load(folder.relativize(file).toString(), text);
          all.addAll(loaded.problems());
          Runbook runbook = loaded.runbook();
          if (runbook != null) {
            String name = String.valueOf(file.getFileName());
            String other = names.putIfAbsent(runbook.name(), name);
            if (other != null) {
              all.add(twice(name, runbook.name(), other));
            }
            next.put(runbook.name(), runbook);
          }
        });
    all.addAll(Callees.check(next, names, true));
    problems = List.copyOf(all);
    if (taken()) {
      swap(next);
    }
    return new Reload(true, taken(), problems);
  }

  private static Problem twice(String file, String name, String other) {
    return error(
        file,
        "duplicate-runbook",
        "the runbook '" + name + "' is in " + other + " too",
        "give one of them another name");
  }

  private void swap(Map<String, Runbook> next) {
    current.values().forEach(runbook -> versions.putIfAbsent(runbook.version(), runbook));
    current = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(next));
    listeners.forEach(listener -> listener.accept(current()));
  }

  /** What was wrong or unwise at the last {@link #reload}. */
  public List<Problem> problems() {
    return problems;
  }

  @Override
  public List<Runbook> current() {
    return List.copyOf(current.values());
  }

  @Override
  public Optional<Runbook> current(String name) {
    return Optional.ofNullable(current.get(name));
  }

  @Override
  public Runbook version(String version) {
    return current.values().stream()
        .filter(runbook -> runbook.version().equals(version))
        .findFirst()
        .orElseGet(() -> versions.computeIfAbsent(version, this::parse));
  }

  private Runbook parse(String version) {
    String text =
        kept.apply(version)
            .orElseThrow(
                () -> new IllegalStateException("runbook version " + version + " was never kept"));
    Loaded loaded = loader.again("version " + version, text);
    Runbook runbook = loaded.runbook();
    if (runbook == null || !runbook.version().equals(version)) {
      throw new IllegalStateException(
          "runbook version "
              + version
              + " cannot be read any more: "
              + loaded.errors().stream().findFirst().map(Problem::asLine).orElse("wrong hash"));
    }
    return runbook;
  }
}
