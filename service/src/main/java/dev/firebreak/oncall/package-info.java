/**
 * Who is on call, and who stands in: people, schedules, rotations, covers, absences. It knows
 * {@code core} only, and no clock: the moment is always given. Begin with {@link
 * dev.firebreak.oncall.OnCall}.
 */
@NullMarked
package dev.firebreak.oncall;

import org.jspecify.annotations.NullMarked;
