/**
 * Alerts from any JSON, by a mapping of expressions in the configuration. It knows its parent and
 * {@code expression}. Begin with {@link dev.firebreak.alert.generic.Mapping}.
 */
@NullMarked
package dev.firebreak.alert.generic;

import org.jspecify.annotations.NullMarked;
