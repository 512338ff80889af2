package dev.firebreak.demo;

import dev.firebreak.demo.Screen.Sign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What is there when it is over: tickets with evidence, pages, a postmortem. */
final class Ending {
  private static final int LINES = 8;

  private final Stage stage;
  private final Screen screen;

  Ending(Stage stage, Screen screen) {
    this.stage = stage;
    this.screen = screen;
  }

  /** Shows the ticket of each incident. */
  void tickets(List<String> incidents) throws IOException {
    screen.title("What is left: a ticket with the evidence of each outage");
    for (String incident : incidents) {
      screen.line(Sign.PAPER, stage.tickets().resolve(incident).resolve("ticket.md").toString());
      screen.dim("page: " + stage.url() + "/incidents/" + incident);
      for (Path file : attachments(incident)) {
        screen.dim("%-28s %,7d bytes".formatted(file.getFileName(), Files.size(file)));
      }
    }
  }

  /** Shows where to look at how people decided. */
  void decisions(List<Asked> asked) {
    screen.title("… how people decided, on the record");
    for (Asked one : asked) {
      screen.dim("gate:    " + stage.url() + "/gates/" + one.gate());
      screen.dim("run:     " + stage.url() + "/runs/" + one.run());
    }
    screen.dim("reviews: " + stage.url() + "/reviews");
  }

  /** Shows how the draft of a postmortem begins: when what happened. */
  void postmortem(String incident, String text) {
    screen.title("… and the first draft of a postmortem, for example:");
    text.lines()
        .filter(line -> line.startsWith("# ") || line.startsWith("| "))
        .limit(LINES)
        .forEach(screen::dim);
    screen.dim("… all of it: " + stage.url() + "/api/v1/incidents/" + incident + "/postmortem");
  }

  /**
   * Nobody looks, so this looks.
   *
   * @throws DemoFailed when anything is not as it should be
   */
  void mustBeGood(List<String> incidents, Witness witness) throws IOException {
    must(witness.count("run.mitigated") == incidents.size(), "each run ends mitigated");
    must(witness.count("intent.committed") == incidents.size(), "each has exactly one change");
    must(witness.count("gate.opened") == 2, "humans are asked twice");
    must(witness.count("gate.vote") == 2, "two people agree");
    must(witness.count("gate.walked") >= 1, "who does not answer is not waited for");
    must(witness.count("gate.glass_broken") == 1, "the glass is broken once");
    must(witness.count("review.closed") == 1, "somebody looks at it afterwards");
    for (String incident : incidents) {
      must(
          Files.size(stage.tickets().resolve(incident).resolve("ticket.md")) > 0,
          "each incident has its ticket");
      List<Path> files = attachments(incident);
      must(files.size() >= 3, "each ticket has its artifacts");
      for (Path file : files) {
        must(Files.size(file) > 0, file + " is not empty");
      }
    }
  }

  private static void must(boolean is, String what) {
    if (!is) {
      throw new DemoFailed("this must be so, and is not: " + what);
    }
  }

  private List<Path> attachments(String incident) throws IOException {
    Path folder = stage.tickets().resolve(incident).resolve("attachments");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
