import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Costs over a number of things: a panel for each unit, as SVG, and a table. */
final class Plot {
  private final String title;
  private final Map<String, Map<String, List<Point>>> panels = new LinkedHashMap<>();

  /** What so many things cost. */
  record Point(double x, double y) {}

  Plot(String title) {
    this.title = title;
  }

  void add(String unit, String line, double x, double y) {
    panels
        .computeIfAbsent(unit, key -> new LinkedHashMap<>())
        .computeIfAbsent(line, key -> new ArrayList<>())
        .add(new Point(x, y));
    System.err.println(Numbers.text("growth:   %s: %.2f %s", line, y, unit));
  }

  /** Writes the picture beside this program, and the table to standard output. */
  void write(String name) throws IOException {
    Path file = Path.of("bench/growth-" + name + ".svg");
    StringBuilder svg = new StringBuilder();
    double y = 24;
    Drawing drawing = new Drawing(svg);
    drawing.text(16, y, 14, "Cost with so many " + title);
    for (Map.Entry<String, Map<String, List<Point>>> panel : panels.entrySet()) {
      y = drawing.panel(y + 12, panel.getKey(), panel.getValue());
    }
    Files.writeString(file, drawing.whole(y + 10));
    table(file);
  }

  private void table(Path file) {
    TreeSet<Double> sizes = new TreeSet<>();
    panels.values().forEach(p -> p.values().forEach(l -> l.forEach(at -> sizes.add(at.x()))));
    StringBuilder text = new StringBuilder("\n| " + title + " |");
    sizes.forEach(size -> text.append(Numbers.text(" %,.0f |", size)));
    text.append("\n|---|").append("---|".repeat(sizes.size())).append('\n');
    panels.forEach(
        (unit, lines) ->
            lines.forEach(
                (line, points) -> {
                  text.append(Numbers.text("| %s (%s) |", line, unit.strip()));
                  points.forEach(point -> text.append(Numbers.text(" %.1f |", point.y())));
                  text.append('\n');
                }));
    String link = "\n![Cost with so many %s](%s)".formatted(title, file.getFileName());
    System.out.println(text + link);
  }
}
