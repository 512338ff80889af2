package dev.firebreak.simulation;

import dev.firebreak.alert.Alerts;
import dev.firebreak.cluster.Mail;
import dev.firebreak.cluster.Nodes;
import dev.firebreak.core.Ledger;
import dev.firebreak.escalation.Escalations;
import dev.firebreak.gate.Gates;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.Intents;
import dev.firebreak.guard.Locks;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Artifacts;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;
import dev.firebreak.run.Runs;
import dev.firebreak.run.Signals;
import dev.firebreak.runbook.RunbookVersions;
import dev.firebreak.store.Ports;

/** The store in memory as one node uses it, through its own ledger. */
record MemoryPorts(
    Ledger ledger,
    Runs runs,
    Incidents incidents,
    Journal journal,
    Artifacts artifacts,
    RunbookVersions runbookVersions,
    Alerts alerts,
    Intents intents,
    Locks locks,
    AutomationSwitch automation,
    Gates gates,
    Escalations escalations,
    Outbox outbox,
    Nodes nodes,
    Mail mail,
    Signals signals)
    implements Ports {
  MemoryPorts(MemoryStore store, Ledger ledger, String node) {
    this(
        ledger,
        store.runs(),
        store.incidents(),
        store.journal(),
        store.artifacts(),
        store.runbookVersions(),
        store.alerts(),
        store.intents(),
        store.locks(),
        store.automation(),
        store.gates(),
        store.escalations(),
        store.outbox(node),
        store.nodes(),
        store.mail(),
        store.signals());
  }

  @Override
  public boolean healthy() {
    return true;
  }
}
