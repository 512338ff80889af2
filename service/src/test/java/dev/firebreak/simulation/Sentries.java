package dev.firebreak.simulation;

import dev.firebreak.core.Ids;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.Guards;
import dev.firebreak.guard.Herald;
import dev.firebreak.guard.breaker.BreakerDesk;
import dev.firebreak.guard.breaker.BreakerGuard;
import dev.firebreak.guard.breaker.BreakerWatch;
import dev.firebreak.store.Ports;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The real guards of the walls of a world, as one process has them, and the desks on them. */
final class Sentries {
  private static final long IDS = 0x1d5;

  private final World world;
  private final Ids ids;
  private final InstantSource clock;
  private final Herald herald;
  private final Ports ports;

  /**
   * @param node whose they are: no two may give the same ids
   */
  Sentries(World world, String node, Ports ports, InstantSource clock) {
    this.world = world;
    this.ports = ports;
    this.clock = clock;
    this.ids = new Ids(clock, world.chance(IDS ^ node.hashCode()).split());
    this.herald =
        new Herald(
            ports.incidents(), ports.journal(), ports.outbox(), List.of(), warning -> List.of());
  }

  Guards.Others others() {
    List<Guard> rules = new ArrayList<>();
    if (world.walls().breaks()) {
      rules.add(
          new BreakerGuard(
              world.store().breakers(),
              new BreakerWatch(world.store().breakers(), world.walls().breakers(), herald, ids)));
    }
    return new Guards.Others(List.of(), rules);
  }

  BreakerDesk breakers() {
    return new BreakerDesk(ports.ledger(), world.store().breakers(), herald, clock);
  }
}
