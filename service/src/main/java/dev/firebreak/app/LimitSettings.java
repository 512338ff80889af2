package dev.firebreak.app;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.guard.Counted.Level;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.LimitRules;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code limits} of the configuration.
 *
 * @param runbook changes of any one runbook; 20 in 1h unless said
 * @param global changes of all runbooks together; 60 in 1h unless said
 * @param target changes of any one target, whatever runbooks make them; no limit unless said
 * @param service changes for any one service; no limit unless said
 * @param team changes by the runbooks of any one team; no limit unless said
 * @param named limits of single ones; the first that fits counts, in place of the others of its
 *     level
 */
public record LimitSettings(
    Window runbook,
    Window global,
    @Nullable Window target,
    @Nullable Window service,
    @Nullable Window team,
    List<Named> named) {
  static final LimitSettings USUAL = new LimitSettings(null, null, null, null, null, null);

  @JsonCreator
  public LimitSettings(
      @JsonProperty("runbook") @Nullable Window runbook,
      @JsonProperty("global") @Nullable Window global,
      @JsonProperty("target") @Nullable Window target,
      @JsonProperty("service") @Nullable Window service,
      @JsonProperty("team") @Nullable Window team,
      @JsonProperty("named") @Nullable List<Named> named) {
    this.runbook = runbook == null ? new Window(20, "1h") : runbook;
    this.global = global == null ? new Window(60, "1h") : global;
    this.target = target;
    this.service = service;
    this.team = team;
    this.named = List.copyOf(Objects.requireNonNullElse(named, List.of()));
  }

  /** As the guards want it. */
  GuardSettings settings(List<String> managed) {
    Map<Level, GuardSettings.Window> each = new EnumMap<>(Level.class);
    put(each, Level.TARGET, target);
    put(each, Level.SERVICE, service);
    put(each, Level.TEAM, team);
    return new GuardSettings(
        managed,
        runbook.window(),
        global.window(),
        new LimitRules(each, named.stream().map(Named::rule).toList()));
  }

  private static void put(
      Map<Level, GuardSettings.Window> each, Level level, @Nullable Window window) {
    if (window != null) {
      each.put(level, window.window());
    }
  }

  /**
   * A sliding window.
   *
   * @param max changes
   * @param per how far back they count
   */
  public record Window(@JsonProperty("max") int max, @JsonProperty("per") String per) {
    /** As the guards want it. */
    GuardSettings.Window window() {
      return GuardSettings.Window.of(max, per);
    }
  }

  /**
   * The limit of one target, service, team or runbook, or of all a pattern means.
   *
   * @param rule what it says
   */
  public record Named(LimitRules.Named rule) {
    @JsonCreator
    static Named of(
        @JsonProperty("target") @Nullable String target,
        @JsonProperty("runbook") @Nullable String runbook,
        @JsonProperty("service") @Nullable String service,
        @JsonProperty("team") @Nullable String team,
        @JsonProperty("max") int max,
        @JsonProperty("per") @Nullable String per) {
      Map<Level, String> globs = new EnumMap<>(Level.class);
      put(globs, Level.TARGET, target);
      put(globs, Level.RUNBOOK, runbook);
      put(globs, Level.SERVICE, service);
      put(globs, Level.TEAM, team);
      if (globs.size() != 1 || per == null) {
        throw new IllegalArgumentException(
            "limits.named: each is of one target, runbook, service or team, and has max and per");
      }
      Map.Entry<Level, String> only = globs.entrySet().iterator().next();
      return new Named(
          new LimitRules.Named(only.getKey(), only.getValue(), GuardSettings.Window.of(max, per)));
    }

    private static void put(Map<Level, String> globs, Level level, @Nullable String glob) {
      if (glob != null && !glob.isBlank()) {
        globs.put(level, glob);
      }
    }
  }
}
