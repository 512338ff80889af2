package dev.firebreak.cluster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One process of the service. Times but {@code startedAt} are of the database's clock.
 *
 * @param id {@code node_…}, never used twice
 * @param host where it runs, for people
 * @param startedAt by its own clock
 * @param seenAt when it last renewed its lease
 * @param leaseUntil until then nobody else takes its runs
 * @param leftAt when it stopped in order, or null
 * @param alive whether its lease holds
 */
public record Node(
    String id,
    String host,
    Instant startedAt,
    Instant seenAt,
    Instant leaseUntil,
    @Nullable Instant leftAt,
    boolean alive) {}
