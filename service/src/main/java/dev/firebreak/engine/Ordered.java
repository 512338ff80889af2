package dev.firebreak.engine;

import dev.firebreak.run.Run;

/**
 * What became of an order for a run; it is durable.
 *
 * @param run as it is now
 * @param stored whether the order is only stored: the run is another node's, which has not answered
 *     in time. That node, or the one that takes the run over, will carry it out.
 */
public record Ordered(Run run, boolean stored) {}
