package dev.firebreak.engine;

import dev.firebreak.alert.Alerts;
import dev.firebreak.cluster.Mail;
import dev.firebreak.core.Ledger;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Artifacts;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;
import dev.firebreak.run.Runs;
import dev.firebreak.run.Signals;
import dev.firebreak.runbook.RunbookVersions;
import dev.firebreak.runbook.Runbooks;

/** Where the engine reads and writes what it decides on. */
public record EnginePorts(
    Ledger ledger,
    Runs runs,
    Incidents incidents,
    Journal journal,
    Artifacts artifacts,
    Alerts alerts,
    Outbox outbox,
    Runbooks runbooks,
    RunbookVersions versions,
    Mail mail,
    Signals signals) {}
