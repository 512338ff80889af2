package dev.firebreak.api;

import dev.firebreak.access.Principal;
import dev.firebreak.alert.Alert;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;

/**
 * An order to start a run by hand, with everything looked up.
 *
 * @param incidentKey of the incident to join or open
 * @param body as it was sent
 */
record ManualOrder(
    Runbook runbook, Alert alert, String incidentKey, byte[] body, Principal by, Instant now) {}
