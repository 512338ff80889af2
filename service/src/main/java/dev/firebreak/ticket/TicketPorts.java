package dev.firebreak.ticket;

import dev.firebreak.core.Ledger;
import dev.firebreak.run.Artifacts;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;
import dev.firebreak.run.RunListener;
import dev.firebreak.run.Runs;

/**
 * The state that tickets are made of, and where it is kept.
 *
 * @param listener is told of the lines that tickets add to the record
 */
public record TicketPorts(
    Ledger ledger,
    Incidents incidents,
    Runs runs,
    Journal journal,
    Artifacts artifacts,
    Tickets tickets,
    RunListener listener) {}
