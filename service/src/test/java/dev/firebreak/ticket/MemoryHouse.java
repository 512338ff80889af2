package dev.firebreak.ticket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Artifacts;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunListener;
import dev.firebreak.run.Runs;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One incident with its state in memory; commits can be made to fail. */
final class MemoryHouse implements Ledger {
  static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  final ObjectMapper json = new ObjectMapper();
  final List<JournalEntry> journal = new ArrayList<>();
  final List<String> heard = new ArrayList<>();
  final List<Artifact> artifacts = new ArrayList<>();
  final Map<String, byte[]> contents = new HashMap<>();
  final Map<String, Ticket> tickets = new HashMap<>();
  final Map<String, Run> runs = new HashMap<>();
  Incident incident =
      new Incident(
          "inc_1",
          "redis/cache-1",
          "Redis does not answer",
          "critical",
          "team-cache",
          Incident.Status.OPEN,
          START,
          null,
          null,
          null,
          null);

  /** Commits that still fail, and whether their effects stay nevertheless. */
  int failing;

  boolean failAfterEffect;

  TicketPorts ports() {
    return new TicketPorts(
        this,
        only(
            "find",
            Incidents.class,
            id -> Optional.of(incident).filter(known -> known.id().equals(id))),
        only("glance", Runs.class, id -> Optional.ofNullable(runs.get(id))),
        new Lines(),
        new Bytes(),
        new Records(),
        new RunListener() {
          @Override
          public void recorded(JournalEntry entry) {
            heard.add(entry.kind());
          }
        });
  }

  Artifact artifact(String id, String step, String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Artifact artifact =
        new Artifact(
            id,
            incident.id(),
            "run_1",
            step,
            name,
            "text/plain",
            bytes.length,
            "ab".repeat(32),
            false,
            START);
    artifacts.add(artifact);
    contents.put(id, bytes);
    return artifact;
  }

  List<String> kinds() {
    return journal.stream().map(JournalEntry::kind).toList();
  }

  @Override
  public <T> CompletableFuture<T> commit(Function<Tx, T> work) {
    if (failing > 0) {
      failing--;
      if (failAfterEffect) {
        T lost = work.apply(Runnable::run);
        return CompletableFuture.failedFuture(new StoreUnavailable("no answer " + lost, null));
      }
      return CompletableFuture.failedFuture(new StoreUnavailable("no disk", null));
    }
    return CompletableFuture.completedFuture(work.apply(Runnable::run));
  }

  @Override
  public <T> T read(Function<Tx, T> query) {
    return query.apply(Runnable::run);
  }

  /** A port of which only one method is used, which finds something by its id. */
  private static <T> T only(String name, Class<T> port, Function<String, Object> find) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              if (!method.getName().equals(name)) {
                throw new UnsupportedOperationException(method.getName());
              }
              return find.apply((String) arguments[1]);
            }));
  }

  private final class Lines implements Journal {
    @Override
    public JournalEntry append(Tx tx, JournalEntry.Note note) {
      try {
        String before = journal.isEmpty() ? JournalEntry.GENESIS : journal.getLast().hash();
        JournalEntry entry =
            JournalEntry.chain(
                note, journal.size() + 1L, json.writeValueAsString(note.data()), before);
        journal.add(entry);
        return entry;
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(e);
      }
    }

    @Override
    public List<JournalEntry> read(Tx tx, String incidentId, long after, int limit) {
      return journal.stream().filter(entry -> entry.sequence() > after).limit(limit).toList();
    }
  }

  private final class Bytes implements Artifacts {
    @Override
    public void add(Tx tx, Artifact artifact, byte[] content) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Artifact> find(Tx tx, String id) {
      return artifacts.stream().filter(artifact -> artifact.id().equals(id)).findFirst();
    }

    @Override
    public Optional<byte[]> content(Tx tx, String id) {
      return Optional.ofNullable(contents.get(id));
    }

    @Override
    public List<Artifact> ofIncident(Tx tx, String incidentId) {
      return List.copyOf(artifacts);
    }

    @Override
    public List<Artifact> first(Tx tx, String incidentId, int limit) {
      return artifacts.stream().limit(limit).toList();
    }

    @Override
    public List<Artifact> first(Tx tx, String incidentId, String runId, int limit) {
      return artifacts.stream().filter(it -> it.runId().equals(runId)).limit(limit).toList();
    }
  }

  private final class Records implements Tickets {
    @Override
    public void keep(Tx tx, Ticket ticket) {
      tickets.put(ticket.system(), ticket);
    }

    @Override
    public Optional<Ticket> find(Tx tx, String incidentId, String system) {
      return Optional.ofNullable(tickets.get(system));
    }

    @Override
    public List<Ticket> ofIncident(Tx tx, String incidentId) {
      return List.copyOf(tickets.values());
    }
  }
}
