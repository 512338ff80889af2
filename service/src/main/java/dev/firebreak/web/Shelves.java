package dev.firebreak.web;

import dev.firebreak.alert.Alerts;
import dev.firebreak.core.Ledger;
import dev.firebreak.run.Artifacts;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;
import dev.firebreak.run.Runs;
import dev.firebreak.runbook.Runbooks;

/** Where pages read what happened. */
public record Shelves(
    Ledger ledger,
    Incidents incidents,
    Runs runs,
    Journal journal,
    Artifacts artifacts,
    Alerts alerts,
    Runbooks runbooks) {}
