/**
 * The demonstration: a patient that really hangs, the alert that says so, and a terminal that shows
 * what is done about it. It drives the service from outside, by HTTP. Begin with {@link
 * dev.firebreak.demo.Demo}.
 */
@NullMarked
package dev.firebreak.demo;

import org.jspecify.annotations.NullMarked;
