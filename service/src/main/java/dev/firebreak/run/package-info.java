/**
 * The run: its states, the events that move it, its incident, journal and artifacts, and the ports
 * that keep them. Pure: no clock, no database, no thread. Begin with {@link
 * dev.firebreak.run.Planner}.
 */
@NullMarked
package dev.firebreak.run;

import org.jspecify.annotations.NullMarked;
