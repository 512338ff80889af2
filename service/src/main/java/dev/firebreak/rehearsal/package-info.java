/** Runs the tests of a runbook through the real planner and guards, with time under its control. */
@NullMarked
package dev.firebreak.rehearsal;

import org.jspecify.annotations.NullMarked;
