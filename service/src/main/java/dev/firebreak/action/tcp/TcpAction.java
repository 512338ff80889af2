package dev.firebreak.action.tcp;

import static dev.firebreak.action.Schemas.duration;
import static dev.firebreak.action.Schemas.flag;
import static dev.firebreak.action.Schemas.integer;
import static dev.firebreak.action.Schemas.object;
import static dev.firebreak.action.Schemas.properties;
import static dev.firebreak.action.Schemas.text;

import dev.firebreak.action.Action;
import dev.firebreak.action.Equipment;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.action.Params;
import dev.firebreak.core.Reason;
import dev.firebreak.expression.Escape;
import java.time.Duration;
import java.util.Map;

/** {@code tcp}: connects, and may say a line and listen for the answer. */
final class TcpAction implements Action {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  private final Equipment equipment;

  TcpAction(Equipment equipment) {
    this.equipment = equipment;
    equipment.settings("tcp", NoSettings.class);
  }

  /** There is nothing to configure. */
  record NoSettings() {}

  @Override
  public String type() {
    return "tcp";
  }

  @Override
  public Map<String, Object> schema() {
    return object(
        properties(
            "host",
            text(Escape.TEXT, "a name or an address"),
            "port",
            integer(1, 65535, "the port"),
            "timeout",
            duration("for everything; 5s when absent, never more than the step's timeout"),
            "send",
            text(Escape.ARGUMENT, "what to say once connected; needs 'reads' in diagnose"),
            "expect",
            text(Escape.ARGUMENT, "what the answer must hold within its first 64 KiB"),
            "reads",
            flag("says that what is sent changes nothing")),
        "host",
        "port");
  }

  @Override
  public boolean changes(Map<String, Object> params) {
    return params.get("send") != null && !Boolean.TRUE.equals(params.get("reads"));
  }

  @Override
  public Outcome run(Invocation invocation) {
    Params params = invocation.read();
    Duration timeout = params.duration("timeout", DEFAULT_TIMEOUT);
    Probe probe =
        new Probe(
            equipment,
            params.text("host").strip(),
            params.integer("port", 0, 1, 65535),
            timeout.compareTo(invocation.timeout()) < 0 ? timeout : invocation.timeout(),
            params.text("send", ""),
            params.text("expect", ""),
            invocation.cancellation());
    Probe.Finding finding = probe.look();
    Reason fault = finding.fault();
    if (fault == null) {
      return new Outcome.Succeeded(finding.output(), finding.evidence());
    }
    boolean open = finding.said() && (changes(params) || invocation.changing());
    return open
        ? new Outcome.Unknown(fault, finding.output(), finding.evidence())
        : new Outcome.Failed(fault, retryable(fault.code()), finding.output(), finding.evidence());
  }

  private static boolean changes(Params params) {
    return params.has("send") && !params.flag("reads", false);
  }

  private static boolean retryable(String code) {
    return !code.equals("cancelled") && !code.equals("egress-refused");
  }
}
