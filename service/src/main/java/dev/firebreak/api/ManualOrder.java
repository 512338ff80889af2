package dev.firebreak.api;

import dev.firebreak.access.Principal;
import dev.firebreak.alert.Alert;
import dev.firebreak.run.RunModel;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An order to start a run by hand, with everything looked up.
 *
 * @param inputs what the runbook is given
 * @param incidentKey of the incident to join or open
 * @param body as it was sent
 */
record ManualOrder(
    Runbook runbook,
    Alert alert,
    Map<String, Object> inputs,
    String incidentKey,
    byte[] body,
    Principal by,
    Instant now) {
  /** What the run is told. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>(alert.asModel());
    facts.put(RunModel.INPUTS, inputs);
    return facts;
  }
}
