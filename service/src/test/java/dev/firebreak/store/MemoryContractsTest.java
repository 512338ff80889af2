package dev.firebreak.store;

import dev.firebreak.alert.Deliveries;
import dev.firebreak.guard.breaker.Breakers;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.simulation.MemoryStores;
import org.junit.jupiter.api.Nested;

/** The store of the simulator keeps the contracts of the real ones. */
class MemoryContractsTest {
  private static final MemoryStores STORES = MemoryStores.open();
  private static final Ports SHARED = STORES.ports();

  @Nested
  class OfLedger extends LedgerContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfRuns extends RunsContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfIncidents extends IncidentsContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfJournal extends JournalContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfArtifacts extends ArtifactsContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfRunbookVersions extends RunbookVersionsContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfAlerts extends AlertsContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfIntents extends IntentsContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfLocks extends LocksContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfAutomationSwitch extends AutomationSwitchContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfGates extends GatesContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfEscalations extends EscalationsContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfNodes extends NodesContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfMail extends MailContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfSignals extends SignalsContract {
    @Override
    Ports database() {
      return SHARED;
    }
  }

  @Nested
  class OfOutbox extends OutboxContract {
    @Override
    Ports database() {
      return SHARED;
    }

    @Override
    String node() {
      return MemoryStores.NODE;
    }

    @Override
    Outbox outbox(String node) {
      return STORES.outbox(node);
    }
  }

  @Nested
  class OfBreakers extends BreakersContract {
    @Override
    Ports database() {
      return SHARED;
    }

    @Override
    Breakers breakers() {
      return STORES.breakers();
    }
  }

  @Nested
  class OfDeliveries extends DeliveriesContract {
    @Override
    Ports database() {
      return SHARED;
    }

    @Override
    Deliveries deliveries() {
      return STORES.deliveries();
    }
  }
}
