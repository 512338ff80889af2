/**
 * Telling people in channels: the action {@code notify}, the courier that renders and sends, and
 * the notices of gates. It knows channels, the outbox and runs; not gates, escalations or tickets.
 * Begin with {@link dev.firebreak.notify.NotifyCourier}.
 */
@NullMarked
package dev.firebreak.notify;

import org.jspecify.annotations.NullMarked;
