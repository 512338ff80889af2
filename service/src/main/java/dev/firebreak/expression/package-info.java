/**
 * The two small languages of a runbook: conditions (CEL) and templates (Mustache). It knows {@code
 * core} and the two libraries, and nothing of what is asked or written. Begin with {@link
 * dev.firebreak.expression.Condition} and {@link dev.firebreak.expression.Template}.
 */
@NullMarked
package dev.firebreak.expression;

import org.jspecify.annotations.NullMarked;
