/**
 * The written procedure: its model, its parser, its checks. It knows expressions and templates, and
 * nothing of runs, clocks or actions. Begin with {@link dev.firebreak.runbook.Runbook}.
 */
@NullMarked
package dev.firebreak.runbook;

import org.jspecify.annotations.NullMarked;
