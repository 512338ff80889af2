package dev.firebreak.channel.console;

import dev.firebreak.channel.Channel;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Words;
import java.io.PrintStream;

/** Prints each notice, indented so that no line of it passes for one of ours. Thread-safe. */
public final class ConsoleChannel implements Channel {
  private static final int MAX_LINE = 300;
  private static final int MAX_TEXT = 10_000;

  private final String name;
  private final PrintStream out;

  public ConsoleChannel(String name, PrintStream out) {
    this.name = name;
    this.out = out;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String send(Notice notice) {
    StringBuilder text = new StringBuilder();
    text.append("── ").append(name).append(": ").append(Words.line(notice.subject(), MAX_LINE));
    Words.lines(notice.text(), MAX_TEXT)
        .lines()
        .forEach(line -> text.append(System.lineSeparator()).append("   ").append(line));
    if (notice.link() != null) {
      text.append(System.lineSeparator()).append("   → ").append(notice.link());
    }
    out.println(text);
    return "printed";
  }
}
