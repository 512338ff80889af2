package dev.firebreak.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The command line of Firebreak without a process of its own, for tests of other rooms. */
public final class CommandLine {
  /** The class whose {@code main} it is. */
  public static final Class<?> MAIN = Main.class;

  private CommandLine() {}

  /**
   * Runs one command to its end.
   *
   * @return what it printed
   * @throws AssertionError when its exit code is not 0; the message is what it printed
   */
  public static String run(String... order) throws Exception {
    var out = new ByteArrayOutputStream();
    PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
    int code = Main.run(List.of(order), lines, lines);
    String printed = out.toString(StandardCharsets.UTF_8).strip();
    if (code != 0) {
      throw new AssertionError("exit code " + code + ": " + printed);
    }
    return printed;
  }
}
