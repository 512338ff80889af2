import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** One workflow as seen from outside; times are System.nanoTime, 0 while it has not happened. */
final class Workflow {
  final int number;
  final long due;
  final CountDownLatch done = new CountDownLatch(1);
  final AtomicInteger requests = new AtomicInteger();
  final AtomicInteger changes = new AtomicInteger();
  final AtomicInteger tickets = new AtomicInteger();
  volatile int status;
  volatile long answered;
  volatile long firstLook;
  volatile long ticketed;
  volatile long last;
  volatile String description = "\"\"";

  Workflow(int number, long due) {
    this.number = number;
    this.due = due;
  }

  String worker() {
    return worker(number);
  }

  static String worker(int number) {
    return "w%07dx".formatted(number);
  }

  /** What Alertmanager would send: two alerts of this workflow. */
  String webhook(String instance) {
    return Webhook.of("BenchStuck", worker(), instance, 2, number);
  }

  double toFirstLook() {
    return millis(firstLook);
  }

  double toTicket() {
    return millis(ticketed);
  }

  double toLast() {
    return millis(last);
  }

  double toAnswer() {
    return millis(answered);
  }

  private double millis(long at) {
    return at == 0 ? Double.NaN : (at - due) / 1e6;
  }
}
