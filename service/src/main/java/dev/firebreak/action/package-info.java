/**
 * What a step can do: the contract of an action, and the catalogue of them. It knows {@code core}
 * and the runbook's view of actions; not runs, SQL or who calls it. Begin with {@link
 * dev.firebreak.action.Action}.
 */
@NullMarked
package dev.firebreak.action;

import org.jspecify.annotations.NullMarked;
