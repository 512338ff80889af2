package dev.firebreak.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.demo.Screen.Sign;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

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
  private Backstage.@Nullable House house;
  private boolean keep;
  private volatile boolean cleared;

  private Demo(DemoOrder order, PrintStream out, Backstage backstage) throws IOException {
    this.order = order;
    this.backstage = backstage;
    keep = order.keep();
    screen = new Screen(out, Screen.wantsColours(), System::nanoTime);
    witness = new Witness(new Teller(screen, json));
    stage = Stage.build(order.port(), order.walk());
    ward = new Ward(stage, http);
  }

  /**
   * Plays it.
   *
   * @return 0 when everything went as it should, else 1
   */
  public static int run(DemoOrder order, PrintStream out, Backstage backstage) throws IOException {
    Demo demo = new Demo(order, out, backstage);
    Runtime.getRuntime().addShutdownHook(new Thread(demo::clear, "demo-end"));
    try {
      demo.play();
      return 0;
    } catch (Exception e) {
      demo.failed(e);
      return 1;
    } finally {
      demo.clear();
    }
  }

  private void play() throws Exception {
    screen.title(
        "Firebreak looks after a small service, the patient, that really hangs: three times.");
    screen.line(Sign.PLAIN, "%-9s starts in %s".formatted("firebreak", stage.folder()));
    Cast cast = open();
    ThirdOutage third = new ThirdOutage(order, stage.url(), screen, witness, cast);
    List<String> incidents = outages(third);
    Ending ending = new Ending(stage, screen);
    ending.tickets(incidents);
    ending.decisions(third.asked());
    ending.postmortem(incidents.getFirst(), cast.you().postmortem(incidents.getFirst()));
    if (order.yes()) {
      ending.mustBeGood(incidents, witness);
    }
    stay(cast);
  }

  private synchronized Cast open() throws Exception {
    if (cleared) {
      throw new DemoFailed("it was ended before it began");
    }
    PrintStream notices =
        new PrintStream(Files.newOutputStream(stage.notices()), true, StandardCharsets.UTF_8);
    Backstage.House started = backstage.start(stage.config(), notices, witness);
    house = started;
    screen.line(Sign.GOOD, "%-9s listens on %s".formatted("firebreak", stage.url()));
    long pid = ward.admit();
    screen.line(Sign.GOOD, "%-9s serves, as process %d".formatted("patient", pid));
    return new Cast(person(started, "you"), person(started, "ben"), person(started, "dora"));
  }

  private Gatekeeper person(Backstage.House started, String name) {
    return new Gatekeeper(stage, http, json, name, started.approverToken(name));
  }

  private List<String> outages(ThirdOutage third) throws IOException, InterruptedException {
    List<String> incidents = new ArrayList<>();
    incidents.add(outage("Outage 1 of 3", null));
    incidents.add(outage("Outage 2 of 3", null));
    incidents.add(outage("Outage 3 of 3, act one: two people have to agree", third::agree));
    incidents.add(outage("Outage 3 of 3, act two: at night, nobody is there", third::breakGlass));
    third.review();
    return incidents;
  }

  private String outage(String title, Outage.@Nullable Question question)
      throws IOException, InterruptedException {
    screen.title(title);
    ward.infect();
    screen.line(
        Sign.BAD,
        "%-9s process %d hangs: /health is not answered".formatted("patient", ward.pid()));
    return new Outage(ward, new Alarm(stage, http, json), witness, screen).happen(question);
  }

  private void stay(Cast cast) throws InterruptedException {
    if (order.once()) {
      keep |= !order.yes();
      return;
    }
    screen.title("It all goes on running, so look around: " + stage.url());
    for (Gatekeeper person : List.of(cast.you(), cast.ben(), cast.dora())) {
      screen.more("Token   %s (%s)".formatted(screen.strong(person.token()), person.name()));
    }
    screen.more("Ctrl-C ends it and removes " + stage.folder());
    new CountDownLatch(1).await();
  }

  private void failed(Exception e) {
    if (!cleared) {
      keep = true;
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      String what = String.valueOf(cause instanceof DemoFailed ? cause.getMessage() : cause);
      screen.line(Sign.BAD, "the demo did not go as it should: " + what);
      screen.more("What the service says of it: " + stage.log());
    }
  }

  /** Ends whatever was started, once; whoever comes second waits until that is done. */
  private synchronized void clear() {
    if (cleared) {
      return;
    }
    cleared = true;
    witness.dismiss();
    if (house != null) {
      house.stop();
    }
    try {
      ward.discharge();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (keep) {
      screen.line(Sign.PLAIN, "kept: " + stage.folder());
    } else {
      stage.strike();
    }
    screen.line(Sign.PLAIN, "nothing is left running");
  }
}
