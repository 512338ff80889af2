/**
 * Durable state: migrations, group commit, and every port, on H2 and PostgreSQL. The only room with
 * SQL; nothing that may be interrupted enters it. Begin with {@link dev.firebreak.store.Database}.
 */
@NullMarked
package dev.firebreak.store;

import org.jspecify.annotations.NullMarked;
