package dev.firebreak.engine;

import dev.firebreak.action.Action;
import dev.firebreak.cluster.Bulletin;
import dev.firebreak.cluster.Lease;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Masker;
import dev.firebreak.run.RunListener;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * What the engine works with.
 *
 * @param actions by type
 * @param masker knows every secret
 * @param executor one virtual thread for each task
 * @param alarms cancels attempts whose time is over, and repeats commits that failed
 * @param listeners told what was committed
 * @param baseUrl where people reach this service, without a slash at the end
 * @param lease whether this node may act, and its name
 * @param bulletin words to other nodes
 * @param reads how many attempts of one kind of action that read, or report, run at once
 * @param changes how many changes of one kind of action are at work at once
 * @param rush of webhooks, in which new runs stand back
 */
public record EngineTools(
    Function<String, Action> actions,
    Masker masker,
    Executor executor,
    ScheduledExecutorService alarms,
    Ids ids,
    InstantSource clock,
    List<RunListener> listeners,
    String baseUrl,
    Lease lease,
    Bulletin bulletin,
    int reads,
    int changes,
    Rush rush) {
  public EngineTools {
    listeners = List.copyOf(listeners);
  }
}
