package dev.firebreak.app.demo;

import java.io.PrintStream;
import java.util.List;

/** The demonstration. */
public final class Demo {
  private Demo() {}

  public static int run(List<String> args, PrintStream out) {
    out.println(args);
    return 1;
  }
}
