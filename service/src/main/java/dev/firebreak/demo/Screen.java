package dev.firebreak.demo;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/** The terminal: aligned lines with the seconds since the beginning, in colour where that works. */
final class Screen {
  /** What a line is about, which is its sign and its colour. */
  enum Sign {
    GOOD("✓", 32),
    BAD("✗", 31),
    ALARM("●", 31),
    DOES("▶", 36),
    ASKS("?", 33),
    HUMAN("☺", 35),
    PAPER("✎", 34),
    PLAIN("·", 2);

    private final String mark;
    private final int colour;

    Sign(String mark, int colour) {
      this.mark = mark;
      this.colour = colour;
    }
  }

  private final PrintStream out;
  private final boolean colours;
  private final LongSupplier nanos;
  private final long start;

  Screen(PrintStream out, boolean colours, LongSupplier nanos) {
    this.out = out;
    this.colours = colours;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /** Colours only where a human looks, and did not say that they want none. */
  static boolean wantsColours() {
    String no = System.getenv("NO_COLOR");
    boolean said = no != null && !no.isEmpty();
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    return !said && !dumb && System.console() != null && System.console().isTerminal();
  }

  void title(String text) {
    out.println();
    out.println(paint("1", text));
  }

  void line(Sign sign, String text) {
    String time = "%7.1fs".formatted((nanos.getAsLong() - start) / 1e9);
    out.println(
        paint("2", time) + "  " + paint(String.valueOf(sign.colour), sign.mark) + " " + text);
  }

  /** A line without time, below the one before. */
  void more(String text) {
    out.println("            " + text);
  }

  void dim(String text) {
    more(paint("2", text));
  }

  void blank() {
    out.println();
  }

  String strong(String text) {
    return paint("1", text);
  }

  private String paint(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
