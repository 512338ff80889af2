/**
 * Durable state: migrations, group commit, and every port, on H2 and PostgreSQL. The only room with
 * SQL.
 */
@NullMarked
package dev.firebreak.store;

import org.jspecify.annotations.NullMarked;
