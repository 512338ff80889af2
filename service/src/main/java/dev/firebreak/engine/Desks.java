package dev.firebreak.engine;

import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.escalation.CallDesk;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.gate.Gates;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.Guards;
import dev.firebreak.guard.HaltSwitch;
import dev.firebreak.guard.Intents;
import dev.firebreak.guard.Locks;
import dev.firebreak.run.Incident;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The rooms that decide or record, as the engine asks them.
 *
 * @param announce the messages that tell people of a gate that was opened or walked on
 * @param tidings the messages that go out when an incident was acknowledged or resolved, by the
 *     incident as it is now
 */
public record Desks(
    Guards guards,
    HaltSwitch halt,
    AutomationSwitch automation,
    Intents intents,
    Locks locks,
    Gates gates,
    GateDesk gateDesk,
    CallDesk calls,
    BiFunction<Tx, Gate, List<Message>> announce,
    BiFunction<Tx, Incident, List<Message>> tidings) {}
