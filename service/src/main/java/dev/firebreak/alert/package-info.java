/**
 * What alerting systems say: payloads in, normalised alerts out, and the receipt of each delivery.
 * It knows {@code core} and the expressions of the generic mapping. Begin with {@link
 * dev.firebreak.alert.Alert}.
 */
@NullMarked
package dev.firebreak.alert;

import org.jspecify.annotations.NullMarked;
