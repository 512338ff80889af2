package dev.firebreak.simulation;

import dev.firebreak.alert.Alerts;
import dev.firebreak.alert.Deliveries;
import dev.firebreak.alert.Delivery;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.cluster.Mail;
import dev.firebreak.cluster.Nodes;
import dev.firebreak.core.Ledger;
import dev.firebreak.escalation.Escalation;
import dev.firebreak.escalation.Escalations;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.Gates;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.ChangeMarks;
import dev.firebreak.guard.HaltedChange;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.Intents;
import dev.firebreak.guard.Locks;
import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.guard.breaker.Breakers;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Artifacts;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.Runs;
import dev.firebreak.run.Signals;
import dev.firebreak.runbook.RunbookVersions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One database in memory, shared by all nodes of a world: tables, transactions with row locks, and
 * the ports on them. What was not committed is not there. Keeps the contracts of the real stores.
 */
public final class MemoryStore {
  final List<Table<?>> tables = new ArrayList<>();
  final Table<Run> runs = table("run");
  final Table<String> owners = table("run_owner");
  final Table<String> live = table("run_live_key");
  final Table<Incident> incidents = table("incident");
  final Table<String> openKeys = table("incident_open_key");
  final Table<JournalEntry> journal = table("journal");
  final Table<JournalEntry> heads = table("journal_head");
  final Table<MemoryArtifacts.Kept> artifacts = table("artifact");
  final Table<String> versions = table("runbook_version");
  final Table<StoredAlert> alerts = table("alert");
  final Table<String> alertKeys = table("alert_key");
  final Table<String> groups = table("alert_group");
  final Table<Alerts.Link> links = table("alert_incident");
  final Table<Intent> intents = table("intent");
  final Table<ChangeMarks> marks = table("intent_mark");
  final Table<Boolean> changeOrder = table("change_order");
  final Table<String> locks = table("target_lock");
  final Table<MemoryLocks.Place> line = table("target_wait");
  final Table<Automation> automation = table("automation_setting");
  final Table<HaltedChange> halted = table("halted_change");
  final Table<Gate> gates = table("gate");
  final Table<Gate.Vote> votes = table("vote");
  final Table<Escalation> escalations = table("escalation");
  final Table<MemoryMessages.Kept> messages = table("message");
  final Table<String> messageKeys = table("message_key");
  final Table<Delivery> deliveries = table("delivery");
  final Table<MemoryNodes.Row> members = table("node");
  final Table<Mail.Letter> letters = table("run_mail");
  final Table<MemoryMail.Refusal> refusals = table("run_mail_refusal");
  final Table<MemorySignals.Kept> signals = table("signal");
  final Table<String> signalKeys = table("signal_key");
  final Table<Breaker> breakers = table("circuit_breaker");
  final Table<String> breakerKeys = table("circuit_breaker_open_key");
  final Table<MemoryBreakers.Failure> failedFixes = table("failed_fix");
  final Table<Instant> groupAlarms = table("group_alarm");

  private final TreeMap<String, Object>[] rows = empty(tables.size());
  private final Map<String, Transaction> holders = new HashMap<>();
  private final InstantSource clock;
  private final Consumer<Transaction> awaitEnd;
  private BiConsumer<MemoryTx, Intent> onIntent = (tx, intent) -> {};
  private long place;

  /**
   * @param clock the database's own
   * @param awaitEnd waits until a transaction is over; called by a transaction that must wait
   */
  MemoryStore(InstantSource clock, Consumer<Transaction> awaitEnd) {
    this.clock = clock;
    this.awaitEnd = awaitEnd;
  }

  private <V> Table<V> table(String name) {
    Table<V> table = new Table<>(name, tables.size());
    tables.add(table);
    return table;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static TreeMap<String, Object>[] empty(int count) {
    TreeMap<String, Object>[] all = new TreeMap[count];
    for (int i = 0; i < count; i++) {
      all[i] = new TreeMap<>();
    }
    return all;
  }

  Instant now() {
    return clock.instant();
  }

  /** A writing transaction. */
  Transaction begin() {
    return new Transaction(this, rows, true);
  }

  /** A transaction on what is committed now; whatever it writes is never kept. */
  Transaction snapshot() {
    TreeMap<String, Object>[] copy = empty(rows.length);
    synchronized (this) {
      for (int i = 0; i < rows.length; i++) {
        copy[i].putAll(rows[i]);
      }
    }
    return new Transaction(this, copy, false);
  }

  /** A look at what is committed now, for who does not write and does not wait. */
  MemoryTx look() {
    return new MemoryTx(new Transaction(this, rows, false));
  }

  /** Shows every intent to somebody, in the transaction that would commit it. */
  void onIntent(BiConsumer<MemoryTx, Intent> watcher) {
    onIntent = watcher;
  }

  void decided(MemoryTx tx, Intent intent) {
    onIntent.accept(tx, intent);
  }

  List<Table<?>> tables() {
    return tables;
  }

  synchronized Transaction holder(String row, Transaction wants) {
    Transaction holder = holders.putIfAbsent(row, wants);
    return holder == null ? wants : holder;
  }

  void awaitEnd(Transaction holder) {
    awaitEnd.accept(holder);
  }

  synchronized void ended(Transaction transaction) {
    holders.values().removeIf(holder -> holder == transaction);
  }

  /** A key that sorts after all that were given before. */
  synchronized String nextPlace() {
    return "%012d".formatted(++place);
  }

  /** The ports as a node with this ledger sees them. */
  public dev.firebreak.store.Ports ports(Ledger ledger, String node) {
    return new MemoryPorts(this, ledger, node);
  }

  Runs runs() {
    return new MemoryRuns(this);
  }

  Incidents incidents() {
    return new MemoryIncidents(this);
  }

  Journal journal() {
    return new MemoryJournal(this);
  }

  Artifacts artifacts() {
    return new MemoryArtifacts(artifacts);
  }

  RunbookVersions runbookVersions() {
    return new MemoryVersions(versions);
  }

  Alerts alerts() {
    return new MemoryAlerts(this);
  }

  Intents intents() {
    return new MemoryIntents(this);
  }

  Locks locks() {
    return new MemoryLocks(locks, line);
  }

  AutomationSwitch automation() {
    return new MemoryAutomation(this);
  }

  Breakers breakers() {
    return new MemoryBreakers(this);
  }

  Gates gates() {
    return new MemoryGates(this);
  }

  Escalations escalations() {
    return new MemoryEscalations(escalations);
  }

  Nodes nodes() {
    return new MemoryNodes(this);
  }

  Mail mail() {
    return new MemoryMail(this);
  }

  Signals signals() {
    return new MemorySignals(this);
  }

  Deliveries deliveries() {
    return new MemoryDeliveries(deliveries);
  }

  /** The messages as this node sees them. */
  Outbox outbox(String node) {
    return new MemoryMessages(this, node);
  }
}
