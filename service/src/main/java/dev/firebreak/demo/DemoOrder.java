package dev.firebreak.demo;

/**
 * What was asked for.
 *
 * @param yes the demo answers its own gate
 * @param once it ends by itself instead of staying until Ctrl-C
 * @param port of the service; 0 for a free one
 * @param keep its folder stays
 */
public record DemoOrder(boolean yes, boolean once, int port, boolean keep) {}
