/**
 * Who may do what: named tokens, browser sessions, roles. It knows {@code core} only. Begin with
 * {@link dev.firebreak.access.TokenDesk} and {@link dev.firebreak.access.Principal}.
 */
@NullMarked
package dev.firebreak.access;

import org.jspecify.annotations.NullMarked;
