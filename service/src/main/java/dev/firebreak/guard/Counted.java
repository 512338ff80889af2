package dev.firebreak.guard;

import java.util.Locale;

/** What limits count changes by. */
public sealed interface Counted {
  /** The levels of limits, from the narrowest to the widest. */
  enum Level {
    /** A rung of a runbook, for one target: the author's own limit. */
    FIX,
    TARGET,
    RUNBOOK,
    SERVICE,
    TEAM,
    GLOBAL;

    /** {@code team}, as configuration, JSON and labels write it. */
    public String asText() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** At which level it counts. */
  Level level();

  /** Of what, in one text; empty for all. */
  String name();

  /** A step of a runbook, for one target. */
  record Fix(String runbook, String step, String target) implements Counted {
    @Override
    public Level level() {
      return Level.FIX;
    }

    @Override
    public String name() {
      return "%s/%s %s".formatted(runbook, step, target);
    }
  }

  /** A target, over all runbooks. */
  record Target(String name) implements Counted {
    @Override
    public Level level() {
      return Level.TARGET;
    }
  }

  /** A runbook. */
  record Book(String name) implements Counted {
    @Override
    public Level level() {
      return Level.RUNBOOK;
    }
  }

  /** A service, as the alerts name it. */
  record Service(String name) implements Counted {
    @Override
    public Level level() {
      return Level.SERVICE;
    }
  }

  /** A team, as the owner of runbooks. */
  record Team(String name) implements Counted {
    @Override
    public Level level() {
      return Level.TEAM;
    }
  }

  /** Everything. */
  record All() implements Counted {
    @Override
    public Level level() {
      return Level.GLOBAL;
    }

    @Override
    public String name() {
      return "";
    }
  }
}
