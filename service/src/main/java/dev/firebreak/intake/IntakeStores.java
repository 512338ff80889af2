package dev.firebreak.intake;

import dev.firebreak.alert.Alerts;
import dev.firebreak.alert.Deliveries;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;
import dev.firebreak.run.Runs;

/** Where intake writes. */
public record IntakeStores(
    Deliveries deliveries, Alerts alerts, Incidents incidents, Runs runs, Journal journal) {}
