package dev.firebreak.alert.alertmanager;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One body, read but not checked.
 *
 * @param status of the whole group, or null
 * @param key the group key, shortened to its hash when it is long, or null
 * @param truncated how many alerts were left out
 */
record Group(
    List<GroupAlert> alerts,
    @Nullable String status,
    @Nullable String key,
    @Nullable String externalUrl,
    long truncated) {}
