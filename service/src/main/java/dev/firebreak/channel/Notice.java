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
 * @param ask what its readers are to decide, or null
 * @param to one reader's address instead of those of the channel, or null
 */
public record Notice(
    String key,
    String thread,
    String subject,
    String text,
    @Nullable String link,
    Matter matter,
    @Nullable Ask ask,
    @Nullable String to) {
  /** A notice that asks nothing. */
  public Notice(
      String key,
      String thread,
      String subject,
      String text,
      @Nullable String link,
      Matter matter,
      @Nullable String to) {
    this(key, thread, subject, text, link, matter, null, to);
  }

  /** A notice for whoever reads the channel. */
  public Notice(
      String key,
      String thread,
      String subject,
      String text,
      @Nullable String link,
      Matter matter) {
    this(key, thread, subject, text, link, matter, null);
  }

  /** A notice of which only the words matter. */
  public Notice(String key, String thread, String subject, String text, @Nullable String link) {
    this(key, thread, subject, text, link, Matter.UNKNOWN);
  }

  /** The same for one reader; null for whoever reads the channel. */
  public Notice to(@Nullable String address) {
    return new Notice(key, thread, subject, text, link, matter, ask, address);
  }

  /** The same, asking its readers to decide; null for nothing. */
  public Notice asking(@Nullable Ask question) {
    return new Notice(key, thread, subject, text, link, matter, question, to);
  }
}
