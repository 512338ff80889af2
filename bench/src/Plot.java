import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines over a number of rows, as SVG: what is straight is seen to be. */
final class Plot {
  private static final String[] COLOURS = {
    "#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df", "#57606a"
  };
  private static final int WIDTH = 560;
  private static final int HEIGHT = 300;

  private final String title;
  private final String unit;
  private final Map<String, List<double[]>> lines = new LinkedHashMap<>();

  Plot(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  void add(String line, double x, double y) {
    lines.computeIfAbsent(line, key -> new ArrayList<>()).add(new double[] {x, y});
  }

  /** Rows of a table, one for each line. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    lines.forEach(
        (name, points) -> {
          StringBuilder row = new StringBuilder("| " + name + " |");
          points.forEach(point -> row.append(String.format(Locale.ROOT, " %.1f |", point[1])));
          rows.add(row.toString());
        });
    return rows;
  }

  void write(Path file) throws IOException {
    double right = most(0);
    double top = most(1) * 1.1;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                .formatted(WIDTH + 120, HEIGHT + 80 + 18 * lines.size())
            + " font-size=\"12\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
    text(svg, 60, 20, title + " (" + unit + ")");
    for (int i = 0; i <= 4; i++) {
      double y = 40 + HEIGHT - HEIGHT * i / 4.0;
      svg.append(line(60, y, 60 + WIDTH, y, "#d0d7de", 1));
      text(svg, 8, y + 4, String.format(Locale.ROOT, "%.0f", top * i / 4));
      text(
          svg,
          45 + WIDTH * i / 4.0,
          58 + HEIGHT,
          String.format(Locale.ROOT, "%,.0f", right * i / 4));
    }
    int colour = 0;
    for (Map.Entry<String, List<double[]>> entry : lines.entrySet()) {
      String stroke = COLOURS[colour % COLOURS.length];
      StringBuilder path = new StringBuilder();
      for (double[] point : entry.getValue()) {
        double x = 60 + WIDTH * point[0] / right;
        double y = 40 + HEIGHT - HEIGHT * point[1] / top;
        path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        svg.append(
            String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n",
                x,
                y,
                stroke));
      }
      svg.append(
          "<polyline fill=\"none\" stroke-width=\"2\" stroke=\""
              + stroke
              + "\" points=\""
              + path
              + "\"/>\n");
      double at = HEIGHT + 80 + 18.0 * colour++;
      svg.append(line(60, at - 4, 84, at - 4, stroke, 3));
      text(svg, 92, at, entry.getKey());
    }
    Files.writeString(file, svg.append("</svg>\n"));
  }

  private double most(int axis) {
    return lines.values().stream().flatMap(List::stream).mapToDouble(p -> p[axis]).max().orElse(1);
  }

  private static String line(double x1, double y1, double x2, double y2, String colour, int width) {
    return String.format(
        Locale.ROOT,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\""
            + " stroke-width=\"%d\"/>\n",
        x1,
        y1,
        x2,
        y2,
        colour,
        width);
  }

  private static void text(StringBuilder svg, double x, double y, String text) {
    svg.append(
        String.format(
            Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" fill=\"#24292f\">%s</text>\n", x, y, text));
  }
}
