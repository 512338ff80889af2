package dev.firebreak.store;

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

/** A ledger and the ports that share its transactions: what the engine needs of a store. */
public interface Ports {
  /** The way to durable state. */
  Ledger ledger();

  Runs runs();

  Incidents incidents();

  Journal journal();

  Artifacts artifacts();

  RunbookVersions runbookVersions();

  Alerts alerts();

  Intents intents();

  Locks locks();

  AutomationSwitch automation();

  Gates gates();

  Escalations escalations();

  Outbox outbox();

  Nodes nodes();

  Mail mail();

  Signals signals();

  /** Whether the last commit went well. */
  boolean healthy();
}
