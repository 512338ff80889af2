/**
 * PagerDuty: events out, webhooks in. It knows its parent room only. Begin with {@link
 * dev.firebreak.channel.pagerduty.PagerDutySettings}.
 */
@NullMarked
package dev.firebreak.channel.pagerduty;

import org.jspecify.annotations.NullMarked;
