package dev.firebreak.engine;

import dev.firebreak.cluster.Bulletin;
import dev.firebreak.cluster.Mail;
import dev.firebreak.core.Reason;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events to the node that owns the run: this one, or by letter another one; and reads the
 * letters that lie here. Thread-safe.
 */
final class PostRoom {
  private static final Logger LOG = LoggerFactory.getLogger(PostRoom.class);
  private static final int HANDFUL = 200;
  private static final long LOOK_AGAIN_MILLIS = 50;

  /** Five seconds, not counting the looks themselves. */
  private static final int LOOKS = 100;

  private final EnginePorts ports;
  private final EngineTools tools;
  private final LiveRuns runs;
  private final Advance advance;
  private final Objections objections;
  private final Set<Long> reading = ConcurrentHashMap.newKeySet();

  PostRoom(EnginePorts ports, EngineTools tools, LiveRuns runs, Advance advance) {
    this.ports = ports;
    this.tools = tools;
    this.runs = runs;
    this.advance = advance;
    this.objections = new Objections(ports.runbooks()::version);
  }

  /**
   * What became of an event.
   *
   * @param run as it is in this transaction
   * @param letter where it lies for another node, or null when the run has it
   */
  record Told(Run run, @Nullable Long letter) {}

  /** Applies an event to a run of ours, or leaves it for the node that owns the run. */
  Told tell(Tx tx, Run run, RunEvent event) {
    if (runs.isOurs(tx, run.id())) {
      return new Told(advance.by(tx, run, event), null);
    }
    long place =
        ports.mail().post(tx, run.id(), event, tools.lease().node(), tools.clock().instant());
    tx.afterCommit(() -> tools.bulletin().tell(new Bulletin.Word(Bulletin.Kind.MAIL, run.id())));
    return new Told(run, place);
  }

  /** The run once it has the event, or why it has not; fails when its node refuses it. */
  CompletableFuture<Ordered> answered(Told told) {
    Long letter = told.letter();
    if (letter == null) {
      return CompletableFuture.completedFuture(new Ordered(told.run(), false));
    }
    CompletableFuture<Ordered> answer = new CompletableFuture<>();
    await(letter, told.run().id(), answer, LOOKS);
    return answer;
  }

  private void await(long letter, String runId, CompletableFuture<Ordered> answer, int looks) {
    tools.executor().execute(() -> ask(letter, runId, answer, looks));
  }

  private void ask(long letter, String runId, CompletableFuture<Ordered> answer, int looks) {
    try {
      Ordered now = ports.ledger().read(tx -> outcome(tx, letter, runId));
      if (!now.stored() || looks == 0) {
        answer.complete(now);
      } else {
        var unused =
            tools
                .alarms()
                .schedule(
                    () -> await(letter, runId, answer, looks - 1),
                    LOOK_AGAIN_MILLIS,
                    TimeUnit.MILLISECONDS);
      }
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  /** What became of a letter; nobody reads one to a run that has ended. */
  private Ordered outcome(Tx tx, long letter, String runId) {
    boolean lies = ports.mail().lies(tx, letter);
    Run run = ports.runs().find(tx, runId).orElseThrow();
    Optional<OrderRefused> no =
        lies
            ? Objections.ended(run)
            : ports
                .mail()
                .refusal(tx, letter)
                .map(why -> new OrderRefused(OrderRefused.Kind.valueOf(why.code()), why.text()));
    if (no.isPresent()) {
      throw no.get();
    }
    return new Ordered(run, lies);
  }

  /** Reads the letters to our runs. */
  void look() {
    try {
      for (Mail.Letter letter :
          ports.ledger().read(tx -> ports.mail().of(tx, tools.lease().node(), HANDFUL))) {
        if (reading.add(letter.place())) {
          read(letter);
        }
      }
    } catch (StoreUnavailable e) {
      LOG.warn("letters to runs cannot be read, will be looked for again: {}", e.getMessage());
    }
  }

  private void read(Mail.Letter letter) {
    ports
        .ledger()
        .commit(tx -> apply(tx, letter))
        .whenComplete(
            (done, fault) -> {
              reading.remove(letter.place());
              if (fault != null && !(fault instanceof StoreUnavailable)) {
                LOG.error("letter {} to {} is thrown away", letter.place(), letter.runId(), fault);
                var unused = ports.ledger().commit(tx -> ports.mail().take(tx, letter.place()));
              }
            });
  }

  private boolean apply(Tx tx, Mail.Letter letter) {
    Optional<Run> ours =
        runs.findOurs(tx, letter.runId()).filter(run -> ports.mail().take(tx, letter.place()));
    if (ours.isEmpty()) {
      return false;
    }
    Optional<OrderRefused> no = objections.against(ours.get(), letter.event());
    if (no.isPresent()) {
      Reason why = new Reason(no.get().kind().name(), String.valueOf(no.get().getMessage()));
      ports.mail().refuse(tx, letter.place(), why, tools.clock().instant());
      return false;
    }
    Run unused = advance.by(tx, ours.get(), letter.event());
    return true;
  }
}
