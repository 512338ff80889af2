package dev.firebreak.app.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.app.demo.Screen.Sign;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** The demonstration: three outages of a patient that really hangs, and what is done about them. */
public final class Demo {
  private final DemoOrder order;
  private final Screen screen;
  private final Stage stage;
  private final Backstage backstage;
  private final Witness witness;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final Ward ward;
  private final AtomicBoolean cleared = new AtomicBoolean();
  private volatile Backstage.@org.jspecify.annotations.Nullable House house;

  private Demo(DemoOrder order, PrintStream out, Backstage backstage) throws IOException {
    this.order = order;
    this.backstage = backstage;
    screen = new Screen(out, Screen.wantsColours(), System::nanoTime);
    witness = new Witness(new Teller(screen));
    stage = Stage.build(order.port());
    ward = new Ward(stage, http);
  }

  /**
   * Plays it.
   *
   * @return 0 when everything went as it should, else 1
   */
  public static int run(DemoOrder order, PrintStream out, Backstage backstage) throws IOException {
    Demo demo = new Demo(order, out, backstage);
    Thread end = new Thread(demo::clear, "demo-end");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      demo.play();
      return 0;
    } catch (Exception e) {
      demo.screen.line(Sign.BAD, "the demo stops: " + e);
      demo.screen.dim("the service's log: " + demo.stage.log());
      return 1;
    } finally {
      demo.clear();
    }
  }

  private void play() throws Exception {
    screen.title("Firebreak demo");
    PrintStream notices =
        new PrintStream(
            java.nio.file.Files.newOutputStream(stage.folder().resolve("notices.txt")),
            true,
            StandardCharsets.UTF_8);
    Backstage.House started = backstage.start(stage.config(), notices, witness);
    house = started;
    screen.line(Sign.GOOD, "the service listens on " + stage.url());
    String token = started.approverToken("you");
    Gatekeeper you = new Gatekeeper(stage, http, json, token);
    screen.line(Sign.GOOD, "the patient serves, process " + ward.admit());
    List<String> incidents = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      screen.title("Outage " + i);
      ward.infect();
      Alarm alarm = new Alarm(stage, http, json);
      incidents.add(
          new Outage(ward, alarm, witness)
              .happen(i == 3, () -> you.approve(you.openGate())));
    }
    screen.more(you.postmortem(incidents.getFirst()));
    if (!order.once()) {
      new CountDownLatch(1).await();
    }
  }

  private void clear() {
    if (!cleared.compareAndSet(false, true)) {
      return;
    }
    Backstage.House running = house;
    if (running != null) {
      running.stop();
    }
    ward.discharge();
    if (!order.keep()) {
      stage.strike();
    }
  }
}
