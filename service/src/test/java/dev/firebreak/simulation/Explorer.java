package dev.firebreak.simulation;

import dev.firebreak.core.Actor;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Automation;
import dev.firebreak.run.Run;
import dev.firebreak.runbook.Runbook;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Walks all orders in which a few things can happen to one run on two nodes, breadth-first. A state
 * is reached by living a world anew along a path of choices: the engine is the real one. Two states
 * are taken for one when they look alike in what is stored, what is pending and what nodes know.
 */
final class Explorer {
  private static final int DEPTH = 60;

  /** What is due by then may come early or late; what is due later comes when all is quiet. */
  private static final long SOON = 16_000;

  private static final Actor ANA = Actor.person("ana");

  private final Path folder;
  private final Runbook book;
  private int lived;

  Explorer(Path folder, Runbook book) {
    this.folder = folder;
    this.book = book;
  }

  /** What may come from outside, each once, at any point. */
  enum Move {
    APPROVE,
    CANCEL,
    PAUSE,
    RESUME,
    HALT,
    RESOLVE,
    CRASH,
    /** The owner is not heard of for longer than its lease. */
    SILENCE,
    /** It is heard of again. */
    BACK
  }

  /**
   * What was found.
   *
   * @param whole whether nothing was left to explore
   * @param broken a law and the story that broke it, the first few
   */
  record Found(int states, int ends, boolean whole, List<String> broken) {}

  private record Choice(int event, int move) {}

  private static final class Place {
    final World world;
    final EnumSet<Move> left;
    boolean silent;

    Place(World world, EnumSet<Move> left) {
      this.world = world;
      this.left = left;
    }
  }

  /**
   * Explores.
   *
   * @param most how many paths are walked at the most; the shortest first
   */
  Found explore(Set<Move> moves, int most) {
    int last = lived + most;
    Set<String> seen = new HashSet<>();
    List<String> broken = new ArrayList<>();
    Deque<List<Choice>> paths = new ArrayDeque<>();
    paths.add(List.of());
    int ends = 0;
    while (!paths.isEmpty() && broken.size() < 3 && lived < last) {
      List<Choice> path = paths.remove();
      Place place = walk(moves, path);
      if (!place.world.broken().isEmpty()) {
        broken.add(place.world.broken() + "\n" + String.join("\n", place.world.told()));
      } else if (seen.add(look(place)) && path.size() < DEPTH) {
        List<Choice> next = choices(place);
        next.forEach(choice -> paths.add(with(path, choice)));
        if (next.stream().noneMatch(choice -> choice.event() >= 0)) {
          ends++;
          place.world.laws().atTheEnd();
          if (!place.world.broken().isEmpty() && place.world.anyNode().isPresent()) {
            broken.add(place.world.broken() + "\n" + String.join("\n", place.world.told()));
          }
        }
      }
      place.world.end();
    }
    return new Found(seen.size(), ends, paths.isEmpty(), broken);
  }

  private static List<Choice> with(List<Choice> path, Choice choice) {
    List<Choice> longer = new ArrayList<>(path);
    longer.add(choice);
    return longer;
  }

  private Place walk(Set<Move> moves, List<Choice> path) {
    World world = World.toExplore(folder.resolve("explored-" + lived++), book);
    world.boot();
    world.boot();
    settle(world);
    new People(world).send(book, "a", "k", "f", true);
    for (Timeline.Event event : world.time().pending()) {
      if (event.name().equals("commit")) {
        step(world, event);
      }
    }
    Place place =
        new Place(world, moves.isEmpty() ? EnumSet.noneOf(Move.class) : EnumSet.copyOf(moves));
    leap(place);
    for (Choice choice : path) {
      if (choice.event() >= 0) {
        step(world, events(world).get(choice.event()));
        beat(place);
      } else {
        move(place, Move.values()[choice.move()]);
      }
      leap(place);
    }
    return place;
  }

  /** Where nothing but waiting is left, time passes until something comes. */
  private static void leap(Place place) {
    Timeline time = place.world.time();
    if (events(place.world).isEmpty()) {
      time.pending().stream()
          .filter(event -> !event.name().equals("no answer"))
          .mapToLong(Timeline.Event::at)
          .min()
          .ifPresent(time::leapTo);
      beat(place);
    }
  }

  private static void settle(World world) {
    for (int i = 0; i < 20; i++) {
      world.time().pending().stream().findFirst().ifPresent(event -> step(world, event));
    }
  }

  private static void step(World world, Timeline.Event event) {
    world.time().take(event);
    try {
      event.what().run();
    } catch (Crash crash) {
      // the process is gone
    }
    world.reap();
  }

  private static void beat(Place place) {
    List<Node> nodes = place.world.nodes();
    for (Node node : List.copyOf(nodes)) {
      if (!place.silent || node != nodes.getFirst()) {
        node.beat();
      }
    }
  }

  private static List<Timeline.Event> events(World world) {
    return world.time().pending().stream()
        .filter(event -> !event.name().equals("no answer"))
        .filter(event -> event.at() <= world.time().millis() + SOON)
        .toList();
  }

  private List<Choice> choices(Place place) {
    boolean over = run(place.world).filter(run -> run.status().ended()).isPresent();
    if (over && events(place.world).stream().noneMatch(Explorer::acts)) {
      return List.of();
    }
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < events(place.world).size(); i++) {
      choices.add(new Choice(i, -1));
    }
    for (Move move : place.left) {
      if (possible(place, move)) {
        choices.add(new Choice(-1, move.ordinal()));
      }
    }
    return choices;
  }

  /** Whether it could still do something outside. */
  private static boolean acts(Timeline.Event event) {
    return event.name().equals("task");
  }

  private static boolean possible(Place place, Move move) {
    World world = place.world;
    Optional<Run> run = run(world);
    return switch (move) {
      case APPROVE -> gate(world).isPresent();
      case CANCEL, PAUSE -> run.isPresent() && owner(world).isPresent();
      case RESUME ->
          run.filter(it -> it.control().paused()).isPresent() && owner(world).isPresent();
      case HALT -> world.nodes().size() > 1;
      case RESOLVE -> run.isPresent();
      case CRASH -> world.nodes().size() > 1 && !place.silent;
      case SILENCE -> world.nodes().size() > 1;
      case BACK -> place.silent;
    };
  }

  private static Optional<Run> run(World world) {
    return world.store().runs.rows(world.store().look()).findFirst();
  }

  private static Optional<Gate> gate(World world) {
    return world
        .store()
        .gates()
        .list(world.store().look(), Gate.Status.OPEN, null, null, 9)
        .stream()
        .findFirst();
  }

  private static Optional<Node> owner(World world) {
    return run(world)
        .flatMap(run -> world.store().owners.get(world.store().look(), run.id()))
        .flatMap(
            name -> world.nodes().stream().filter(node -> node.name().equals(name)).findFirst());
  }

  private void move(Place place, Move move) {
    World world = place.world;
    place.left.remove(move);
    world.trace("------ " + move);
    Object unused =
        switch (move) {
          case APPROVE -> {
            Gate gate = gate(world).orElseThrow();
            yield world
                .nodes()
                .getLast()
                .orders()
                .approve(gate.id(), gate.planHash(), "ana", Set.of(), "yes");
          }
          case CANCEL -> {
            String id = run(world).orElseThrow().id();
            yield owner(world)
                .orElseThrow()
                .orders()
                .cancel(id, ANA, "no")
                .thenAccept(done -> cancelled(world, done.run()));
          }
          case PAUSE ->
              owner(world).orElseThrow().orders().pause(run(world).orElseThrow().id(), ANA, "wait");
          case RESUME ->
              owner(world).orElseThrow().orders().resume(run(world).orElseThrow().id(), ANA);
          case HALT ->
              world
                  .nodes()
                  .getLast()
                  .orders()
                  .automate(
                      new Automation(
                          Automation.Mode.OFF, "stop", "person:ana", world.time().instant(), null));
          case RESOLVE -> {
            new People(world).send(book, "a", "k", "f", false);
            yield move;
          }
          case CRASH -> {
            world.nodes().getFirst().die("its time");
            world.reap();
            silence(world, world.nodes().getFirst());
            yield move;
          }
          case SILENCE -> {
            place.silent = true;
            silence(world, world.nodes().getLast());
            yield move;
          }
          case BACK -> {
            place.silent = false;
            world.nodes().getFirst().beat();
            yield move;
          }
        };
  }

  private static void cancelled(World world, Run done) {
    if (done.control().cancelled() != null) {
      world.laws().cancelAnswered(done.id());
    }
  }

  /** Longer than a lease passes, in which one node is heard and the other is not. */
  private static void silence(World world, Node heard) {
    for (int i = 0; i < 3; i++) {
      world.time().leap(Node.LEASE.multipliedBy(6).dividedBy(10));
      heard.beat();
    }
    heard.lookNow();
  }

  /** What makes a state another one. */
  private static String look(Place place) {
    World world = place.world;
    MemoryTx now = world.store().look();
    StringBuilder text = new StringBuilder();
    text.append(place.left).append(place.silent);
    world.store().runs.rows(now).forEach(run -> text.append(Seen.of(run)));
    world.store().owners.rows(now).forEach(text::append);
    world.store().gates.rows(now).forEach(gate -> text.append(gate.status()).append(gate.walk()));
    world
        .store()
        .intents
        .rows(now)
        .forEach(it -> text.append(it.step()).append(it.attempt()).append(it.outcome()));
    text.append(world.store().locks.all(now).size());
    world.store().automation.rows(now).forEach(it -> text.append(it.mode()));
    world
        .store()
        .letters
        .rows(now)
        .forEach(letter -> text.append(letter.event().getClass().getSimpleName()));
    for (Node node : world.nodes()) {
      text.append(node.name()).append(node.lease().holds());
    }
    events(world)
        .forEach(
            event ->
                text.append('\n')
                    .append(event.of() == null ? "" : event.of().name())
                    .append(event.name())
                    .append(event.at() <= world.time().millis()));
    text.append(world.target().log().size());
    return text.toString();
  }

  /** The steps of a run without names and times. */
  private static final class Seen {
    static String of(Run run) {
      StringBuilder text = new StringBuilder();
      text.append(run.status()).append(run.epoch()).append(run.control());
      run.steps()
          .values()
          .forEach(
              step -> text.append(step.id()).append(step.state().status()).append(step.attempt()));
      return text.toString();
    }
  }
}
