package dev.firebreak.store;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.run.Runs;
import java.io.EOFException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.Set;
import java.util.zip.ZipException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** Tells a database in trouble from a work in trouble, and says it for humans. */
final class Faults {
  /** Connection, resources, operator intervention, system error (SQL standard and PostgreSQL). */
  private static final Set<String> TROUBLE = Set.of("08", "53", "57", "58", "40", "55");

  /** How Linux, and so Java and H2, says it. */
  static final String NO_SPACE = "No space left on device";

  private static final int LONGEST = 300;
  private static final int H2_IN_USE = 90020;

  /** H2: file, corruption, out of memory, closed, broken, lock timeout. */
  private static final Set<Integer> H2_TROUBLE =
      Set.of(90007, H2_IN_USE, 90028, 90030, 90031, 90067, 90098, 90108, 90121, 50000, 50200);

  /** Corrupted, of another format, encrypted, or H2 stumbled over what it read. */
  private static final Set<Integer> H2_DAMAGED = Set.of(90030, 90048, 90049, 50000);

  private static final int WRONG_USER = 28000;

  /** Of a database that is none of ours. */
  static final String FOREIGN =
      "is the database of another program; move the file away, or set database.path";

  private Faults() {}

  /** What a work failed with, as its submitter should see it. */
  static Throwable ofWork(Throwable thrown) {
    SQLException cause = sql(thrown);
    return cause != null && isTrouble(cause)
        ? new StoreUnavailable("the database failed: " + oneLine(cause) + remedy(cause), thrown)
        : thrown;
  }

  /**
   * Whether a work that failed like this may go well when it looks again: what it took for free or
   * for its own was taken by another node a moment ago.
   */
  static boolean isRace(Throwable thrown) {
    SQLException cause = sql(thrown);
    return thrown instanceof Runs.StaleEpoch
        || thrown instanceof JournalPage.Moved
        || (cause != null && "23505".equals(cause.getSQLState()));
  }

  /** Whether a work waited too long for what another node's transaction holds. */
  static boolean isJam(Throwable thrown) {
    SQLException cause = sql(thrown);
    return cause != null
        && ("55P03".equals(cause.getSQLState()) || "40P01".equals(cause.getSQLState()));
  }

  /** What everybody of a group sees whose commit failed. */
  static StoreUnavailable ofGroup(Throwable thrown) {
    SQLException cause = sql(thrown);
    String what =
        cause == null ? String.valueOf(thrown.getMessage()) : oneLine(cause) + remedy(cause);
    return new StoreUnavailable("the database could not commit: " + what, thrown);
  }

  /** A part of a file may be damaged that is not read when it is opened. */
  private static String remedy(SQLException cause) {
    return isDamage(cause)
        ? "; a part of its file is damaged: stop, keep the file, and restore the last backup"
        : "";
  }

  private static boolean isDamage(SQLException cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof MVStoreException fault
          && fault.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT) {
        return true;
      }
    }
    return false;
  }

  /** Why a database could not be opened, with what to do. */
  static StoreUnavailable ofOpening(String where, Throwable thrown) {
    SQLException cause = sql(thrown);
    return new StoreUnavailable("database " + where + ": " + hint(cause, thrown), thrown);
  }

  private static String hint(@Nullable SQLException cause, Throwable thrown) {
    if (cause == null) {
      return firstLine(thrown.getMessage());
    }
    int code = cause.getErrorCode();
    if (String.valueOf(cause.getMessage()).contains(NO_SPACE)) {
      return "no space is left on its disk; free some, then start again";
    }
    if (code == H2_IN_USE) {
      return Database.IN_USE + "; stop it, or give this one its own data folder";
    }
    if (H2_DAMAGED.contains(code) || endsTooSoon(cause)) {
      return damaged(cause.getMessage());
    }
    if (code == WRONG_USER) {
      return FOREIGN;
    }
    if ("28000".equals(cause.getSQLState()) || "28P01".equals(cause.getSQLState())) {
      return "refused the user or password; check database.user and database.password";
    }
    return "cannot be opened (" + oneLine(cause) + ")";
  }

  /** Of a file that cannot be what it should be, as H2 says. */
  static String damaged(@Nullable String said) {
    return "is damaged or no Firebreak database; restore the last backup, or move the file away"
        + " to start anew ("
        + firstLine(said)
        + ")";
  }

  /** Whether a file ends where something of a database must follow. */
  private static boolean endsTooSoon(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof EOFException) {
        return true;
      }
    }
    return false;
  }

  /** Why, in a few words, for a sentence that says what failed. */
  static String inShort(Throwable thrown) {
    SQLException cause = sql(thrown);
    String said = cause == null ? firstLine(thrown.getMessage()) : oneLine(cause);
    if (said.contains(NO_SPACE)) {
      return "no space is left on the disk; free some";
    }
    return switch (thrown) {
      case NoSuchFileException missing -> "there is no " + said;
      case AccessDeniedException denied -> said + " may not be read or written";
      case ZipException damaged -> "it is no whole backup (" + said + ")";
      default -> said;
    };
  }

  private static boolean isTrouble(SQLException cause) {
    String state = cause.getSQLState();
    return H2_TROUBLE.contains(cause.getErrorCode())
        || "25P03".equals(state)
        || (state != null && state.length() >= 2 && TROUBLE.contains(state.substring(0, 2)));
  }

  static @Nullable SQLException sql(@Nullable Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof SQLException found) {
        return found;
      }
    }
    return null;
  }

  private static String oneLine(SQLException cause) {
    return firstLine(cause.getMessage());
  }

  private static String firstLine(@Nullable String message) {
    String line = message == null ? "" : message.lines().findFirst().orElse("");
    // H2 lists whole blocks of a damaged file.
    return line.isEmpty() ? "no message" : line.substring(0, Math.min(line.length(), LONGEST));
  }
}
