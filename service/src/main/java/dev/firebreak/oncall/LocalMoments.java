package dev.firebreak.oncall;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * Turns what a clock on the wall shows into a moment. A time the clocks jump over is the moment
 * they jump; a time they show twice is the first of the two. So a later time on the wall is never
 * an earlier moment. Pure.
 */
final class LocalMoments {
  private LocalMoments() {}

  static Instant of(LocalDateTime local, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }
}
