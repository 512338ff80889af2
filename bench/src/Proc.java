import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What Linux says of a process. */
final class Proc {
  private static final double TICKS_PER_SECOND = 100; // USER_HZ of Linux, whatever the kernel's own
  private static final int UTIME = 11;
  private static final int CUTIME = 13;

  private Proc() {}

  /** Seconds of processor time so far, user and system; 0 for a process that is gone. */
  static double cpuSeconds(long pid) throws IOException {
    return seconds(pid, UTIME);
  }

  /** The same of those of its children that have ended. */
  static double cpuSecondsOfEnded(long pid) throws IOException {
    return seconds(pid, CUTIME);
  }

  private static double seconds(long pid, int field) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1])) / TICKS_PER_SECOND;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** Megabytes of {@code VmRSS} or {@code VmHWM}. */
  static double megabytes(long pid, String which) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith(which))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }
}
