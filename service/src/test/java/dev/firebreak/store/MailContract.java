package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.cluster.Mail;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Reason;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.RunStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Mail} must do. */
abstract class MailContract extends Contract {
  private final String owner = Samples.id("node");
  private final Actor ana = Actor.person("ana");

  private Mail mail() {
    return database().mail();
  }

  private Run run() {
    Run run = Samples.run(Samples.id("inc"));
    write(tx -> database().runs().add(tx, run, owner));
    return run;
  }

  private long post(Run run, RunEvent event) {
    return commit(tx -> mail().post(tx, run.id(), event, "node-2", NOON));
  }

  private List<Mail.Letter> lying() {
    return list(tx -> mail().of(tx, owner, 100));
  }

  @Test
  void everyOrder_comesBackExactlyAndInOrder() {
    Run run = run();
    Instant at = NOON.plusNanos(1000);
    List<RunEvent> events =
        List.of(
            new RunEvent.Cancelled(at, ana, "ends: \"quoted\" ☎"),
            new RunEvent.Paused(at, ana, "waits"),
            new RunEvent.Resumed(at, new Actor(Actor.Kind.MACHINE, "ci")),
            new RunEvent.Answered(at, "restart", true, ana, "seen"),
            new RunEvent.Acknowledged(at, ana),
            new RunEvent.AlertResolved(at),
            new RunEvent.Woken(at, "restart"),
            new RunEvent.Refused(at, "restart", new Reason("no", "why")));
    events.forEach(event -> post(run, event));
    assertThat(lying()).extracting(Mail.Letter::event).containsExactlyElementsOf(events);
    assertThat(lying()).extracting(Mail.Letter::runId).containsOnly(run.id());
  }

  @Test
  void letter_isTakenOnce() {
    long place = post(run(), new RunEvent.Resumed(NOON, ana));
    assertThat(says(tx -> mail().lies(tx, place))).isTrue();
    assertThat(says(tx -> mail().take(tx, place))).isTrue();
    assertThat(says(tx -> mail().take(tx, place))).isFalse();
    assertThat(says(tx -> mail().lies(tx, place))).isFalse();
  }

  @Test
  void lettersOfOthersAndOfRunsThatEnded_areNotOurs() {
    Run ended = run();
    post(ended, new RunEvent.Resumed(NOON, ana));
    assertThat(list(tx -> mail().of(tx, Samples.id("node"), 100))).isEmpty();
    assertThat(lying()).hasSize(1);
    write(
        tx ->
            database()
                .runs()
                .save(tx, ended, ended.in(RunStatus.FAILED, Samples.WHY, NOON), List.of()));
    assertThat(lying()).isEmpty();
    int cleared = commit(tx -> mail().clear(tx, NOON));
    assertThat(cleared).isPositive();
  }

  @Test
  void refusal_isKeptForWhoeverLeftTheLetter_untilItIsOld() {
    long place = post(run(), new RunEvent.Resumed(NOON, ana));
    assertThat(find(tx -> mail().refusal(tx, place))).isEmpty();
    write(tx -> mail().refuse(tx, place, Samples.WHY, NOON));
    assertThat(find(tx -> mail().refusal(tx, place))).contains(Samples.WHY);
    int unused = commit(tx -> mail().clear(tx, NOON));
    assertThat(find(tx -> mail().refusal(tx, place))).contains(Samples.WHY);
    unused = commit(tx -> mail().clear(tx, NOON.plusSeconds(1)));
    assertThat(find(tx -> mail().refusal(tx, place))).isEmpty();
  }
}
