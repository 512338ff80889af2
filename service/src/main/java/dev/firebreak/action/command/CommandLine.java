package dev.firebreak.action.command;

import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Equipment;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Params;
import dev.firebreak.core.Cause;
import dev.firebreak.core.SecretUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to start, its parameters checked.
 *
 * @param run the arguments, the program first, as the runbook has them
 * @param program the program's file
 * @param env the whole environment; it holds secrets
 * @param cwd where, or null for an empty folder
 * @param stdin what it reads, or null
 */
record CommandLine(
    List<String> run,
    Path program,
    Map<String, String> env,
    @Nullable Path cwd,
    @Nullable String stdin,
    Duration timeout) {
  /** Tells a program by which name it may know that it is asked for the same thing again. */
  private static final String IDEMPOTENCY_KEY = "FIREBREAK_IDEMPOTENCY_KEY";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern LOADER = Pattern.compile("LD_.*|BASH_ENV|ENV");

  static CommandLine read(Invocation invocation, Equipment equipment, CommandSettings settings) {
    Params params = invocation.read();
    List<String> run = arguments(params);
    Duration timeout = params.duration("timeout", invocation.timeout());
    return new CommandLine(
        run,
        Programs.find(run.getFirst(), settings),
        environment(invocation, equipment),
        params.has("cwd") ? cwd(params.text("cwd")) : null,
        params.has("stdin") ? params.text("stdin", "") : null,
        timeout.compareTo(invocation.timeout()) < 0 ? timeout : invocation.timeout());
  }

  /** For messages: the program without its arguments, which may hold anything. */
  String name() {
    return run.getFirst();
  }

  private static List<String> arguments(Params params) {
    List<String> run = params.texts("run");
    if (run.isEmpty() || run.getFirst().isBlank()) {
      throw new BadParameter("run", "names no program");
    }
    for (int i = 0; i < run.size(); i++) {
      if (run.get(i).isEmpty()) {
        throw new BadParameter(
            "run", "has an empty argument at place " + i + ": is a value empty?");
      }
      refuseNul("run", run.get(i));
    }
    return run;
  }

  private static Path cwd(String text) {
    refuseNul("cwd", text);
    Path folder = Path.of(text);
    if (!folder.isAbsolute() || !Files.isDirectory(folder)) {
      throw new BadParameter("cwd", "must be the whole path of a folder, not '" + text + "'");
    }
    return folder;
  }

  private static Map<String, String> environment(Invocation invocation, Equipment equipment) {
    Map<String, String> env = Programs.environment();
    env.put(IDEMPOTENCY_KEY, invocation.idempotencyKey());
    env.put(Cause.VARIABLE, Cause.passedOn(invocation.model()));
    invocation
        .read()
        .fields("env")
        .forEach(
            (name, value) -> {
              if (!NAME.matcher(name).matches() || LOADER.matcher(name).matches()) {
                throw new BadParameter("env", "cannot set '" + name + "'");
              }
              env.put(name, value(name, value, equipment));
            });
    return new LinkedHashMap<>(env);
  }

  private static String value(String name, Object value, Equipment equipment) {
    String text = String.valueOf(value);
    if (value instanceof Map<?, ?> reference) {
      try {
        text = equipment.secrets().value(String.valueOf(reference.get("secret")));
      } catch (SecretUnavailable e) {
        throw new BadParameter("env", name + ": " + e.getMessage());
      }
    }
    refuseNul("env", text);
    return text;
  }

  private static void refuseNul(String parameter, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new BadParameter(parameter, "has a NUL character in it");
    }
  }

  /** Without the environment, which holds secrets. */
  @Override
  public String toString() {
    return "CommandLine" + run;
  }
}
