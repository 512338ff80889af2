package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.ChangeMarks;
import dev.firebreak.guard.Counted;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.Intents;
import dev.firebreak.runbook.Address;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Intents in memory; whoever counts them in order to write one waits for everybody who does. */
final class MemoryIntents implements Intents {
  private final MemoryStore store;

  MemoryIntents(MemoryStore store) {
    this.store = store;
  }

  /** One decides on changes at a time. */
  static void lineUp(MemoryStore store, Tx tx) {
    store.changeOrder.lock(tx, "changes");
  }

  private Stream<Intent> inLine(Tx tx) {
    lineUp(store, tx);
    return store.intents.rows(tx);
  }

  @Override
  public void add(Tx tx, Intent intent) {
    add(tx, intent, ChangeMarks.NONE);
  }

  @Override
  public void add(Tx tx, Intent intent, ChangeMarks marks) {
    lineUp(store, tx);
    store.marks.put(tx, intent.id(), marks);
    store.intents.insert(tx, intent.id(), intent);
    store.decided(MemoryTx.of(tx), intent);
  }

  @Override
  public void end(Tx tx, String id, String outcome, Instant at) {
    store.intents.lock(tx, id);
    Intent open =
        store
            .intents
            .get(tx, id)
            .orElseThrow(() -> new IllegalStateException("there is no intent " + id));
    store.intents.put(
        tx,
        id,
        new Intent(
            open.id(),
            open.runId(),
            open.step(),
            open.attempt(),
            open.runbook(),
            open.action(),
            open.targets(),
            open.plan(),
            open.gate(),
            open.committedAt(),
            outcome,
            at));
  }

  @Override
  public Optional<Intent> find(Tx tx, String id) {
    return store.intents.get(tx, id);
  }

  @Override
  public int count(Tx tx, Counted what, Instant since) {
    return (int) times(tx, what, since).count();
  }

  @Override
  public Optional<Instant> newest(Tx tx, Counted what, Instant since, int n) {
    return times(tx, what, since).sorted(Comparator.reverseOrder()).skip(n - 1L).findFirst();
  }

  private Stream<Instant> times(Tx tx, Counted what, Instant since) {
    return inLine(tx)
        .filter(it -> counts(tx, what, it))
        .map(Intent::committedAt)
        .filter(at -> at.isAfter(since));
  }

  private boolean counts(Tx tx, Counted what, Intent it) {
    return switch (what) {
      case Counted.Fix fix ->
          it.runbook().equals(fix.runbook())
              && Address.of(it.step()).counted().equals(fix.step())
              && names(it, fix.target());
      case Counted.Target target -> names(it, target.name());
      case Counted.Book book -> it.runbook().equals(book.name());
      case Counted.Service service -> marks(tx, it).service().equals(service.name());
      case Counted.Team team -> marks(tx, it).team().equals(team.name());
      case Counted.All all -> true;
    };
  }

  private static boolean names(Intent it, String target) {
    return it.targets().stream().anyMatch(target::equalsIgnoreCase);
  }

  private ChangeMarks marks(Tx tx, Intent it) {
    return store.marks.get(tx, it.id()).orElse(ChangeMarks.NONE);
  }

  @Override
  public Set<Counted> seen(Tx tx, Instant since, int most) {
    return store
        .intents
        .rows(tx)
        .filter(it -> it.committedAt().isAfter(since))
        .limit(most)
        .flatMap(it -> seen(tx, it))
        .filter(what -> !what.name().isEmpty())
        .collect(Collectors.toSet());
  }

  private Stream<Counted> seen(Tx tx, Intent it) {
    ChangeMarks marked = marks(tx, it);
    Stream<Counted> targets =
        it.targets().stream()
            .map(target -> target.toLowerCase(Locale.ROOT))
            .flatMap(
                target ->
                    Stream.of(
                        new Counted.Target(target),
                        new Counted.Fix(it.runbook(), Address.of(it.step()).counted(), target)));
    return Stream.concat(
        targets,
        Stream.of(
            new Counted.Book(it.runbook()),
            new Counted.Service(marked.service()),
            new Counted.Team(marked.team())));
  }

  @Override
  public List<Repair> repairs(Tx tx, Instant since, int most) {
    return List.of();
  }

  @Override
  public Optional<Instant> last(
      Tx tx, String runbook, String step, String target, String exceptRun) {
    return inLine(tx)
        .filter(it -> it.runbook().equals(runbook) && Address.of(it.step()).counted().equals(step))
        .filter(it -> names(it, target) && !it.runId().equals(exceptRun))
        .map(Intent::committedAt)
        .max(Comparator.naturalOrder());
  }

  @Override
  public List<Instant> runsThatDid(
      Tx tx, String runbook, String rung, String target, Instant since) {
    return store
        .intents
        .rows(tx)
        .filter(it -> it.runbook().equals(runbook) && names(it, target))
        .filter(it -> it.committedAt().isAfter(since))
        .filter(it -> Address.of(it.step()).top().equals(rung))
        .filter(it -> !Address.of(it.step()).undoes())
        .collect(java.util.stream.Collectors.groupingBy(Intent::runId))
        .values()
        .stream()
        .map(all -> all.stream().map(Intent::committedAt).min(Instant::compareTo).orElseThrow())
        .toList();
  }

  @Override
  public List<Intent> ofStep(Tx tx, String runId, String step) {
    return ofRun(tx, runId).stream().filter(intent -> intent.step().equals(step)).toList();
  }

  @Override
  public List<Intent> ofRun(Tx tx, String runId) {
    return store.intents.rows(tx).filter(it -> it.runId().equals(runId)).toList();
  }
}
