package dev.firebreak.engine;

import java.util.Map;

/**
 * A change whose intent is committed.
 *
 * @param params filled in, as the intent was committed for
 * @param permit to begin it at once
 */
record Admitted(Map<String, Object> params, Permits.Permit permit) {}
