import java.util.List;
import java.util.Map;

/** Lines and words of an SVG picture. */
final class Drawing {
  private static final String[] COLOURS = {
    "#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df", "#57606a", "#bf3989", "#0a7ea4",
    "#e16f24", "#4d7c0f", "#24292f"
  };
  private static final double LEFT = 70;
  private static final double WIDTH = 520;
  private static final double HEIGHT = 200;
  private static final double LEGEND = LEFT + WIDTH + 24;
  private static final double WHOLE = LEGEND + 330;
  private static final int GRID = 4;

  private final StringBuilder svg;

  Drawing(StringBuilder svg) {
    this.svg = svg;
  }

  /** Draws lines over the same axes; returns where the next panel may begin. */
  double panel(double top, String unit, Map<String, List<Plot.Point>> lines) {
    double highest = 1.1 * most(lines, Plot.Point::y);
    double right = most(lines, Plot.Point::x);
    double zero = top + 20 + HEIGHT;
    text(16, top + 10, 12, unit.strip());
    for (int i = 0; i <= GRID; i++) {
      double y = zero - HEIGHT * i / GRID;
      line(LEFT, y, LEFT + WIDTH, y, "#d0d7de", 1);
      text(16, y + 4, 11, Numbers.text(highest < 20 ? "%.1f" : "%,.0f", highest * i / GRID));
      double x = LEFT + WIDTH * i / GRID;
      text(x - 16, zero + 16, 11, Numbers.text("%,.0f", right * i / GRID));
    }
    int place = 0;
    for (Map.Entry<String, List<Plot.Point>> line : lines.entrySet()) {
      String colour = COLOURS[place % COLOURS.length];
      double y = top + 26 + 17.0 * place++;
      line(LEGEND, y, LEGEND + 20, y, colour, 3);
      text(LEGEND + 28, y + 4, 11, label(line));
      points(line.getValue(), right, highest, zero, colour);
    }
    return Math.max(zero + 24, top + 26 + 17.0 * place);
  }

  private static String label(Map.Entry<String, List<Plot.Point>> line) {
    List<Plot.Point> points = line.getValue();
    return Numbers.text(
        "%s: %.1f to %.1f", line.getKey(), points.getFirst().y(), points.getLast().y());
  }

  private void points(
      List<Plot.Point> points, double right, double highest, double zero, String colour) {
    StringBuilder path = new StringBuilder();
    for (Plot.Point point : points) {
      double x = LEFT + WIDTH * point.x() / right;
      double y = zero - HEIGHT * point.y() / highest;
      path.append(Numbers.text("%.1f,%.1f ", x, y));
      add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, colour);
    }
    add("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"%s\" points=\"%s\"/>", colour, path);
  }

  private static double most(
      Map<String, List<Plot.Point>> lines, java.util.function.ToDoubleFunction<Plot.Point> axis) {
    return lines.values().stream().flatMap(List::stream).mapToDouble(axis).max().orElse(1);
  }

  private void line(double x1, double y1, double x2, double y2, String colour, int width) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>",
        x1, y1, x2, y2, colour, width);
  }

  void text(double x, double y, int size, String text) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" fill=\"#24292f\">%s</text>",
        x, y, size, text);
  }

  private void add(String element, Object... values) {
    svg.append(Numbers.text(element, values)).append('\n');
  }

  /** The picture, so high. */
  String whole(double height) {
    return Numbers.text(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\""
                + " font-family=\"sans-serif\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
            WHOLE, height)
        + svg
        + "</svg>\n";
  }
}
