/** From a webhook request to committed deliveries, alerts, incidents and runs: one transaction. */
@NullMarked
package dev.firebreak.intake;

import org.jspecify.annotations.NullMarked;
