/** One thing of which there is more and more. */
interface Subject extends AutoCloseable {
  /** What the plot is called. */
  String title();

  /** Makes so many of it, and puts into the plot what things cost then. */
  void measure(int size, Plot plot) throws Exception;
}
