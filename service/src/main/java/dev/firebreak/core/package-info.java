/**
 * Values every room shares: ids, actors, reasons, and the transaction they are committed in. It
 * knows the JDK only. Begin with {@link dev.firebreak.core.Ledger}.
 */
@NullMarked
package dev.firebreak.core;

import org.jspecify.annotations.NullMarked;
