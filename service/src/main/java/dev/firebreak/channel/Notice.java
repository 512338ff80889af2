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
 * @param matter what it is about, for channels that follow an incident from beginning to end
 */
public record Notice(
    String key, String thread, String subject, String text, @Nullable String link, Matter matter) {
  /** A notice of which only the words matter. */
  public Notice(String key, String thread, String subject, String text, @Nullable String link) {
    this(key, thread, subject, text, link, Matter.UNKNOWN);
  }
}
