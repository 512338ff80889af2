/**
 * From a webhook request to committed deliveries, alerts, incidents and runs: one transaction. It
 * knows the kinds of sources, the runbooks in force and the engine's orders, and nothing of HTTP
 * servers or SQL. Begin with {@link dev.firebreak.intake.Intake}.
 */
@NullMarked
package dev.firebreak.intake;

import org.jspecify.annotations.NullMarked;
