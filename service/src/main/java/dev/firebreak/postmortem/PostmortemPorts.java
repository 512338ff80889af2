package dev.firebreak.postmortem;

import dev.firebreak.alert.Alerts;
import dev.firebreak.core.Ledger;
import dev.firebreak.run.Artifacts;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;

/** The state that postmortems are drafted from. */
public record PostmortemPorts(
    Ledger ledger, Incidents incidents, Alerts alerts, Journal journal, Artifacts artifacts) {}
