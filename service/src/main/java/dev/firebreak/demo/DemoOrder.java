package dev.firebreak.demo;

import java.time.Duration;

/**
 * What was asked for.
 *
 * @param yes the demo answers its own gates
 * @param once it ends by itself instead of staying until Ctrl-C
 * @param port of the service; 0 for a free one
 * @param keep its folder stays
 * @param walk how long each set of people has at a gate, before the next are asked
 */
public record DemoOrder(boolean yes, boolean once, int port, boolean keep, Duration walk) {}
