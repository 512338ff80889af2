package dev.firebreak.simulation;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.EngineOrders;
import dev.firebreak.engine.Ordered;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Automation;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepState;
import dev.firebreak.run.WaitFor;
import dev.firebreak.runbook.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Everybody who wants something of Firebreak: senders of alerts, and humans of every mood. */
final class People {
  private static final Actor ANA = Actor.person("ana");

  private final World world;
  private final Dice dice;

  People(World world) {
    this.world = world;
    this.dice = world.dice();
  }

  /** Plans what they will do within a while. */
  void plan(Duration within) {
    int alerts = dice.from(1, 4);
    for (int i = 0; i < alerts; i++) {
      Runbook book = dice.of(world.started());
      String host = dice.of("a", "b");
      String fingerprint = "f" + i;
      String key = dice.of("k" + i, "k" + i, "shared");
      long at = i == 0 ? 0 : dice.below((int) within.toMillis());
      if (world.parts().webhooks()) {
        webhooks(book, host, key, fingerprint, at, within.toMillis());
        continue;
      }
      world.time().in(at, null, "alert", () -> send(book, host, key, fingerprint, true));
      if (dice.oneIn(3)) {
        world
            .time()
            .in(
                at + dice.below((int) within.toMillis()),
                null,
                "resolves",
                () -> send(book, host, key, fingerprint, false));
      }
    }
    for (int i = dice.below(12); i > 0; i--) {
      world.time().in(dice.below((int) within.toMillis()), null, "human", this::act);
    }
    for (int i = dice.below(30); i > 0; i--) {
      world.time().in(dice.below((int) within.toMillis()), null, "vote", this::vote);
    }
    signals(within.toMillis());
    world.wardens().plan(within);
  }

  /** A sender says that an alert fires and that it is over: each perhaps again, in any order. */
  private void webhooks(
      Runbook book, String host, String key, String fingerprint, long at, long within) {
    Dice own = world.extra();
    Instant since = world.time().instant().plusMillis(at);
    Door.Said fires = new Door.Said(book, host, key, fingerprint, true, since);
    Door.Said ends = new Door.Said(book, host, key, fingerprint, false, since);
    world.time().in(at, null, "webhook", () -> post(fires));
    for (int i = own.below(4); i > 0; i--) {
      long later = own.oneIn(2) ? own.below(2_000) : own.below((int) within);
      world.time().in(at + later, null, "webhook", () -> post(fires));
    }
    for (int i = own.oneIn(2) ? own.from(1, 2) : 0; i > 0; i--) {
      // now and then before the firing
      long later = own.oneIn(4) ? Math.max(0, at - 1_000) : at + own.below((int) within);
      world.time().in(later, null, "webhook", () -> post(ends));
    }
  }

  private void post(Door.Said said) {
    until(
        () ->
            world
                .anyNode()
                .map(
                    node -> {
                      world.trace("webhook " + said);
                      return node.door()
                          .receive(said)
                          .thenApply(
                              delivery -> {
                                world.receipts().answered(said, delivery);
                                return true;
                              });
                    }));
  }

  /** Somebody has a word to say now and then to whatever runs. */
  private void signals(long within) {
    Dice own = world.extra();
    for (int i = world.parts().patient() ? own.below(10) : 0; i > 0; i--) {
      world.time().in(own.below((int) within), null, "signal", this::signal);
    }
  }

  private void signal() {
    Dice own = world.extra();
    List<Run> live =
        world.store().runs.rows(world.store().look()).filter(run -> !run.status().ended()).toList();
    List<Run> waiting = live.stream().filter(People::waitsForWord).toList();
    if (live.isEmpty()) {
      return;
    }
    Run run = own.of(waiting.isEmpty() || own.oneIn(4) ? live : waiting);
    String nonce = "nonce-" + own.bits();
    world.trace("ana signals " + run.id());
    until(
        () ->
            world
                .anyNode()
                .map(
                    node ->
                        node.orders()
                            .signal(
                                run.id(), PatientBooks.SIGNAL, nonce, Map.of("nonce", nonce), ANA)
                            .thenApply(done -> true)));
  }

  private static boolean waitsForWord(Run run) {
    return run.steps().values().stream()
        .anyMatch(
            step ->
                step.state() instanceof StepState.Waiting waiting
                    && waiting.what() == WaitFor.SIGNAL);
  }

  /** When all is calm: what was stopped is set going again. */
  void tidyUp() {
    signals(Duration.ofMinutes(25).toMillis());
    Tx now = world.store().look();
    for (Run run : world.store().runs.rows(now).toList()) {
      if (run.control().paused() && !run.status().ended()) {
        until(
            () ->
                world
                    .anyNode()
                    .map(node -> node.orders().resume(run.id(), ANA).thenApply(done -> true)));
      }
    }
  }

  /** Says it again until it was heard, as senders do. */
  private void until(java.util.function.Supplier<Optional<CompletableFuture<Boolean>>> said) {
    Runnable again =
        () -> world.time().in(dice.from(1_000, 30_000), null, "again", () -> until(said));
    Optional<CompletableFuture<Boolean>> answer = said.get();
    if (answer.isEmpty()) {
      again.run();
      return;
    }
    boolean[] heard = {false};
    CompletableFuture<Boolean> unused =
        answer
            .get()
            .whenComplete(
                (done, fault) -> {
                  heard[0] = fault == null || isRefusal(fault);
                  if (!heard[0]) {
                    again.run();
                  }
                });
    // a process that dies answers nobody
    world
        .time()
        .in(
            120_000,
            null,
            "no answer",
            () -> {
              if (!answer.get().isDone()) {
                again.run();
              }
            });
  }

  private static boolean isRefusal(Throwable fault) {
    return fault instanceof dev.firebreak.engine.OrderRefused
        || fault.getCause() instanceof dev.firebreak.engine.OrderRefused;
  }

  /** An alert fires or resolves, and its sender says so until it is heard. */
  void send(Runbook book, String host, String key, String fingerprint, boolean fires) {
    Instant since = world.time().instant();
    until(
        () ->
            world
                .anyNode()
                .map(
                    node -> {
                      world.trace(
                          "alert %s %s for %s"
                              .formatted(fingerprint, fires ? "fires" : "resolves", book.name()));
                      return node.ledger()
                          .commit(
                              tx ->
                                  new Short(world, node)
                                      .receive(tx, book, host, key, fingerprint, fires, since));
                    }));
  }

  private void act() {
    Optional<Node> node = world.anyNode();
    if (node.isEmpty()) {
      return;
    }
    EngineOrders orders = node.get().orders();
    Tx now = world.store().look();
    List<Run> runs = world.store().runs.rows(now).toList();
    if (runs.stream().allMatch(run -> run.steps().isEmpty())) {
      return;
    }
    Run run = dice.of(runs.stream().filter(it -> !it.steps().isEmpty()).toList());
    switch (dice.below(11)) {
      case 0 -> {
        world.trace("ana cancels " + run.id());
        CompletableFuture<Ordered> unused =
            orders
                .cancel(run.id(), ANA, "enough")
                .whenComplete(
                    (done, fault) -> {
                      if (fault == null && done.run().control().cancelled() != null) {
                        world.laws().cancelAnswered(run.id());
                      }
                    });
      }
      case 1 -> tell("pauses " + run.id(), orders.pause(run.id(), ANA, "wait"));
      case 2 -> tell("resumes " + run.id(), orders.resume(run.id(), ANA));
      case 3 -> tell("acknowledges", orders.acknowledge(run.incidentId(), ANA));
      case 4 -> tell("resolves", orders.resolve(run.incidentId(), ANA, "done"));
      case 5 -> automate(orders);
      case 6 -> again(orders, run);
      case 7 -> {
        String step = dice.of(List.copyOf(run.steps().keySet()));
        world.laws().mayRepeat(run.id(), step);
        tell("skips " + step, orders.skip(run.id(), step, ANA, "not now"));
      }
      default -> answer(orders, run);
    }
  }

  private void again(EngineOrders orders, Run run) {
    String step = dice.of(List.copyOf(run.steps().keySet()));
    world.laws().mayRepeat(run.id(), step);
    tell("retries " + step, orders.retry(run.id(), step, ANA, "once more"));
  }

  private void tell(String what, CompletableFuture<?> answer) {
    world.trace("ana " + what);
  }

  private void automate(EngineOrders orders) {
    Automation.Mode mode = dice.of(Automation.Mode.values());
    Instant now = world.time().instant();
    Instant until = dice.oneIn(2) ? now.plusSeconds(dice.from(1, 900)) : null;
    tell(
        "sets automation " + mode + " until " + until,
        orders.automate(new Automation(mode, "a mood", "person:ana", now, until)));
  }

  private void answer(EngineOrders orders, Run run) {
    run.steps().values().stream()
        .filter(step -> step.state() instanceof StepState.Unknown)
        .findFirst()
        .ifPresent(
            step -> {
              boolean happened = dice.oneIn(2);
              tell(
                  "answers for " + step.id() + " " + happened,
                  orders.answer(run.id(), step.id(), happened, ANA, "I looked"));
            });
  }

  private void vote() {
    Optional<Node> node = world.anyNode();
    List<Gate> open =
        world.store().gates().list(world.store().look(), Gate.Status.OPEN, null, null, 100);
    if (node.isEmpty() || open.isEmpty()) {
      return;
    }
    Gate gate = dice.of(open);
    String who = dice.of("ana", "ben", "cleo", "dora", "eve");
    String hash = dice.oneIn(10) ? "another" : gate.planHash();
    boolean yes = !dice.oneIn(8);
    EngineOrders orders = node.get().orders();
    world.trace("%s %s %s".formatted(who, yes ? "approves" : "rejects", gate.id()));
    CompletableFuture<Gate> unused =
        yes
            ? orders.approve(gate.id(), hash, who, Set.of("@approvers"), "fine")
            : orders.reject(gate.id(), hash, who, Set.of("@approvers"), "no");
  }

  /** The essence of the intake: the alert, its incident and its run, in one transaction. */
  private record Short(World world, Node node) {
    boolean receive(
        Tx tx,
        Runbook book,
        String host,
        String key,
        String fingerprint,
        boolean fires,
        Instant since) {
      MemoryStore store = world.store();
      Instant now = world.time().instant();
      Optional<StoredAlert> known = store.alerts().latest(tx, "sim", fingerprint);
      if (!fires) {
        known.ifPresent(alert -> resolve(tx, alert, now));
        return true;
      }
      if (known.isPresent() || store.alerts().find(tx, "sim", fingerprint, since).isPresent()) {
        return true;
      }
      Alert alert =
          new Alert(
              "sim",
              fingerprint,
              Alert.Status.FIRING,
              since,
              null,
              Map.of("book", book.name(), "host", host, "key", key, "service", "shop"),
              Map.of(),
              null,
              "broken",
              null);
      Incident incident = store.incidents().openByKey(tx, key).orElseGet(() -> open(tx, key, now));
      store
          .alerts()
          .add(
              tx,
              new StoredAlert(
                  "alr_" + fingerprint + since.toEpochMilli(),
                  alert,
                  incident.id(),
                  "dlv",
                  now,
                  now,
                  1));
      String unused =
          node.orders()
              .start(tx, incident, book, alert.asModel(), new Actor(Actor.Kind.SOURCE, "sim"), now);
      return true;
    }

    private Incident open(Tx tx, String key, Instant now) {
      Incident incident =
          new Incident(
              "inc_" + world.store().nextPlace(),
              key,
              "broken",
              null,
              "team",
              Incident.Status.OPEN,
              now,
              null,
              null,
              null,
              null);
      world.store().incidents().add(tx, incident);
      return incident;
    }

    private void resolve(Tx tx, StoredAlert kept, Instant now) {
      Alert old = kept.alert();
      Alert over =
          new Alert(
              old.source(),
              old.fingerprint(),
              Alert.Status.RESOLVED,
              old.startsAt(),
              now,
              old.labels(),
              old.annotations(),
              null,
              old.summary(),
              null);
      world
          .store()
          .alerts()
          .update(
              tx,
              new StoredAlert(
                  kept.id(),
                  over,
                  kept.incidentId(),
                  kept.firstDelivery(),
                  kept.firstSeen(),
                  now,
                  2));
      String incident = String.valueOf(kept.incidentId());
      if (world.store().alerts().firing(tx, incident) == 0) {
        node.orders().alertsResolved(tx, incident, now);
      }
    }
  }
}
