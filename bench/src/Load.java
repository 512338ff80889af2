import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Ways to send webhooks. Every wait is bounded. */
final class Load {
  private static final int PATIENCE_SECONDS = 20;
  private final Stub stub;
  private final Site site;
  private static final AtomicInteger NUMBERS = new AtomicInteger(1);

  Load(Stub stub, Site site) {
    this.stub = stub;
    this.site = site;
  }

  private Workflow next(long due) {
    Workflow workflow = new Workflow(NUMBERS.getAndIncrement(), due);
    stub.expect(workflow);
    return workflow;
  }

  /** Sends one again that was not answered 202, to a node that lives. */
  void again(Workflow workflow) throws IOException {
    try (Sender sender = site.sender()) {
      send(sender, workflow);
    }
  }

  private void send(Sender sender, Workflow workflow) {
    try {
      workflow.status = sender.post(workflow.webhook(stub.address()));
    } catch (IOException e) {
      workflow.status = -1;
    }
    workflow.answered = System.nanoTime();
  }

  /** One workflow, alone; tells how many requests of it the stub saw until it was quiet. */
  int alone() throws Exception {
    Workflow workflow = next(System.nanoTime());
    try (Sender sender = site.sender()) {
      send(sender, workflow);
    }
    long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
    while (workflow.ticketed == 0 && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    int seen = -1;
    while (seen != workflow.requests.get()) {
      seen = workflow.requests.get();
      Thread.sleep(5_000);
    }
    if (workflow.ticketed == 0) {
      throw new IllegalStateException(
          "a first workflow did not reach its ticket; webhook answered "
              + workflow.status
              + ", "
              + workflow.requests
              + " requests seen");
    }
    return workflow.requests.get();
  }

  /** So many in flight, each followed by a new one as soon as it is done. */
  List<Workflow> closed(int inFlight, double seconds) throws Exception {
    List<Workflow> all = Collections.synchronizedList(new ArrayList<>());
    long end = System.nanoTime() + (long) (seconds * 1e9);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < inFlight; i++) {
        threads.submit(
            () -> {
              try (Sender sender = site.sender()) {
                while (System.nanoTime() < end) {
                  Workflow workflow = next(System.nanoTime());
                  all.add(workflow);
                  send(sender, workflow);
                  workflow.done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                }
              }
              return null;
            });
      }
    }
    return all;
  }

  /** One every 1/rate seconds, whatever comes back; a late one counts from when it was due. */
  List<Workflow> open(int rate, double seconds) throws Exception {
    List<Workflow> all = new ArrayList<>();
    BlockingQueue<Workflow> due = new ArrayBlockingQueue<>(100_000);
    CountDownLatch over = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 64; i++) {
        threads.submit(() -> drain(due, over));
      }
      long begin = System.nanoTime();
      for (int i = 0; i < rate * seconds; i++) {
        long at = begin + i * 1_000_000_000L / rate;
        for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        Workflow workflow = next(at);
        all.add(workflow);
        due.put(workflow);
      }
      over.countDown();
    }
    await(all);
    return all;
  }

  private Void drain(BlockingQueue<Workflow> due, CountDownLatch over) throws Exception {
    try (Sender sender = site.sender()) {
      while (over.getCount() > 0 || !due.isEmpty()) {
        Workflow workflow = due.poll(50, TimeUnit.MILLISECONDS);
        if (workflow != null) {
          send(sender, workflow);
        }
      }
    }
    return null;
  }

  /** All at the same instant, each on a connection that is open already. */
  List<Workflow> burst(int count) throws Exception {
    List<Workflow> all = Collections.synchronizedList(new ArrayList<>());
    atOnce(count, all);
    await(all);
    return all;
  }

  /** The same, but waits for the answers only; adds each workflow to the list when it is sent. */
  void atOnce(int count, List<Workflow> all) throws Exception {
    List<Sender> senders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      senders.add(site.sender());
      senders.getLast().connect();
    }
    Thread.sleep(500);
    long now = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Sender sender : senders) {
        Workflow workflow = next(now);
        all.add(workflow);
        threads.submit(() -> send(sender, workflow));
      }
    }
    for (Sender sender : senders) {
      sender.close();
    }
  }

  /** Webhooks that start nothing, as fast as they are answered; the milliseconds each took. */
  double[] accepted(int senders, double seconds, AtomicLong refused) throws Exception {
    List<Double> took = Collections.synchronizedList(new ArrayList<>());
    long end = System.nanoTime() + (long) (seconds * 1e9);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < senders; i++) {
        threads.submit(
            () -> {
              try (Sender sender = site.sender()) {
                while (System.nanoTime() < end) {
                  Workflow quiet = new Workflow(NUMBERS.getAndIncrement(), System.nanoTime());
                  int status =
                      sender.post(
                          Webhook.of("BenchQuiet", quiet.worker(), "nowhere", 2, quiet.number));
                  if (status == 202) {
                    took.add((System.nanoTime() - quiet.due) / 1e6);
                  } else {
                    refused.incrementAndGet();
                  }
                }
              }
              return null;
            });
      }
    }
    return took.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Waits until the stub is left alone for half a second, at most 30 s. */
  void calm() throws InterruptedException {
    long seen = -1;
    for (int i = 0; i < 60 && seen != stub.requests.get(); i++) {
      seen = stub.requests.get();
      Thread.sleep(500);
    }
  }

  private static void await(List<Workflow> all) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
    for (Workflow workflow : all) {
      workflow.done.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
  }
}
