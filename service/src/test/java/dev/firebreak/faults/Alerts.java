package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Sends alerts, each about a target of its own, and keeps every acknowledgement. Thread-safe. */
final class Alerts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger sent = new AtomicInteger();
  private final List<JsonNode> receipts = new CopyOnWriteArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();

  /** Sends one, once; returns the status, or 0 when no answer came. */
  int send(ServiceProcess service) throws InterruptedException {
    return send(service, "t" + sent.getAndIncrement());
  }

  /** Sends one about this target, once; returns the status, or 0 when no answer came. */
  int send(ServiceProcess service, String target) throws InterruptedException {
    return send(service, target, 0);
  }

  /**
   * The same.
   *
   * @param port its label of this name
   */
  int send(ServiceProcess service, String target, int port) throws InterruptedException {
    HttpResponse<byte[]> answer;
    try {
      answer = service.deliver(Site.SOURCE, Site.SECRET, alert(target, port));
      if (answer.statusCode() == 202) {
        receipts.add(JSON.readTree(answer.body()));
      } else {
        refused.incrementAndGet();
      }
    } catch (IOException e) {
      unanswered.incrementAndGet();
      return 0;
    }
    assertThat(answer.statusCode())
        .as("what a sender repeats, or an acknowledgement")
        .isIn(202, 503);
    return answer.statusCode();
  }

  /** Sends what a target's sender sends: again and again until it is acknowledged. */
  void sendUntilTaken(ServiceProcess service) throws InterruptedException {
    String target = "t" + sent.getAndIncrement();
    Await.until("the alert about " + target + " is taken", () -> send(service, target) == 202);
  }

  /**
   * Threads that send one alert after the other, as fast as answers come, until closed.
   *
   * @param services each thread sends to the next one in turn
   */
  Load load(int threads, List<ServiceProcess> services) {
    return new Load(threads, services);
  }

  /** What is being sent in the background. */
  final class Load implements AutoCloseable {
    private final List<Thread> threads;
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private volatile boolean over;

    private Load(int count, List<ServiceProcess> services) {
      threads =
          java.util.stream.IntStream.range(0, count)
              .mapToObj(
                  i -> Thread.ofVirtual().start(() -> sendOn(services.get(i % services.size()))))
              .toList();
    }

    private void sendOn(ServiceProcess service) {
      try {
        while (!over) {
          if (send(service) != 202) {
            Await.pause(50);
          }
          Await.pause(150);
        }
      } catch (Throwable e) {
        fault.set(e);
      }
    }

    @Override
    public void close() throws InterruptedException {
      over = true;
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(fault.get()).as("what stopped a sender").isNull();
    }
  }

  /** Every acknowledgement. */
  List<JsonNode> receipts() {
    return List.copyOf(receipts);
  }

  int sent() {
    return sent.get();
  }

  /** How many were answered with 503. */
  int refused() {
    return refused.get();
  }

  /** How many got no answer at all. */
  int unanswered() {
    return unanswered.get();
  }

  private static String alert(String target, int port) {
    return """
    {"version": "4", "groupKey": "{}/{}:{target=\\"%1$s\\"}", "status": "firing", "truncatedAlerts": 0,
     "receiver": "firebreak", "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {},
     "externalURL": "http://alertmanager.example:9093",
     "alerts": [{"status": "firing", "labels": {"alertname": "TargetBad", "target": "%1$s", "port": "%2$d"},
       "annotations": {"summary": "%1$s is bad"}, "startsAt": "2026-11-22T12:00:00Z",
       "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "", "fingerprint": "f-%1$s"}]}
    """
        .formatted(target, port);
  }
}
