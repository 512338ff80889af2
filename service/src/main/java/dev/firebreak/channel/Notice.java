package dev.firebreak.channel;

import org.jspecify.annotations.Nullable;

/**
 * What people are told.
 *
 * @param key unique; the same on every try, so that the other side can drop a repeat
 * @param thread what belongs together: the incident's id
 * @param subject one line without line breaks
 * @param text plain text, may have several lines; no markup, no mentions
 * @param link where to look or decide, or null
 */
public record Notice(
    String key, String thread, String subject, String text, @Nullable String link) {}
