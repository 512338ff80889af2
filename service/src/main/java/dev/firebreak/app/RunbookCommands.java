package dev.firebreak.app;

import dev.firebreak.guard.GuardSettings;
import dev.firebreak.rehearsal.Rehearsal;
import dev.firebreak.runbook.Callees;
import dev.firebreak.runbook.Loaded;
import dev.firebreak.runbook.Problem;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookLoader;
import dev.firebreak.runbook.RunbookSchema;
import io.dropwizard.jackson.Jackson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The commands {@code runbook validate}, {@code test} and {@code schema}; they need no server. */
final class RunbookCommands {
  private static final String USAGE =
      "runbook validate|test <file or folder> …, runbook schema, or runbook"
          + " promotion|promote|withdraw";

  private RunbookCommands() {}

  static int run(List<String> args, PrintStream out) throws IOException {
    if (args.isEmpty()) {
      throw new WrongUse(USAGE);
    }
    if (PromotionCommands.WORDS.contains(args.getFirst())) {
      return PromotionCommands.run(args, out, System::getenv);
    }
    List<String> files = args.size() > 1 ? args.subList(1, args.size()) : List.of("runbooks");
    Equipage equipage =
        new Equipage(
            new FirebreakConfiguration(), Jackson.newObjectMapper(), InstantSource.system(), out);
    return switch (args.getFirst()) {
      case "validate" -> validate(equipage.loader, files, out);
      case "test" -> test(equipage.loader, files, out);
      case "schema" -> schema(equipage, out);
      default -> throw new WrongUse(USAGE);
    };
  }

  private static int validate(RunbookLoader loader, List<String> files, PrintStream out) {
    List<Problem> problems = problems(loader, files);
    problems.forEach(problem -> out.println(problem.asLine()));
    boolean bad = problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
    if (!bad) {
      out.println(yamlFiles(files).size() + " runbooks are fine");
    }
    return bad ? 1 : 0;
  }

  /** Everything that is wrong with these files, in their order. */
  static List<Problem> problems(RunbookLoader loader, List<String> files) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Runbook> runbooks = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    for (Path file : yamlFiles(files)) {
      Loaded loaded = load(loader, file);
      problems.addAll(loaded.problems());
      Runbook runbook = loaded.runbook();
      if (runbook != null) {
        runbooks.put(runbook.name(), runbook);
        names.put(runbook.name(), file.toString());
      }
    }
    boolean all =
        problems.stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR)
            && files.stream().allMatch(name -> Files.isDirectory(Path.of(name)));
    problems.addAll(Callees.check(runbooks, names, all));
    return problems;
  }

  private static int test(RunbookLoader loader, List<String> files, PrintStream out)
      throws IOException {
    Path empty = Files.createTempDirectory("firebreak-rehearsal");
    GuardSettings settings = new FirebreakConfiguration().guards();
    int passed = 0;
    int failed = 0;
    for (Path file : yamlFiles(files)) {
      Loaded loaded = load(loader, file);
      loaded.errors().forEach(problem -> out.println(problem.asLine()));
      Runbook runbook = loaded.runbook();
      if (runbook == null) {
        failed++;
        continue;
      }
      for (Rehearsal.Result result : new Rehearsal(settings, empty).test(runbook)) {
        print(out, file, result);
        passed += result.passed() ? 1 : 0;
        failed += result.passed() ? 0 : 1;
      }
    }
    Files.deleteIfExists(empty);
    out.println(passed + " passed, " + failed + " failed");
    return failed == 0 ? 0 : 1;
  }

  private static void print(PrintStream out, Path file, Rehearsal.Result result) {
    String where = file + ":" + result.test().line();
    out.println((result.passed() ? "ok    " : "FAIL  ") + where + ": " + result.test().name());
    result.faults().forEach(fault -> out.println("      " + fault));
  }

  private static int schema(Equipage equipage, PrintStream out) {
    out.print(RunbookSchema.text(equipage.actions));
    return 0;
  }

  private static Loaded load(RunbookLoader loader, Path file) {
    try {
      return loader.load(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new StartRefused(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Path> yamlFiles(List<String> names) {
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        try (Stream<Path> inside = Files.list(path)) {
          inside.filter(RunbookCommands::yaml).sorted().forEach(files::add);
        } catch (IOException e) {
          throw new StartRefused(path + " cannot be read: " + e.getMessage(), e);
        }
      } else if (Files.isRegularFile(path)) {
        files.add(path);
      } else {
        throw new StartRefused("there is no file or folder " + path, null);
      }
    }
    return files;
  }

  private static boolean yaml(Path file) {
    return file.toString().endsWith(".yml") || file.toString().endsWith(".yaml");
  }
}
