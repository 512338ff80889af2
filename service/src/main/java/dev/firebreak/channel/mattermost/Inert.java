package dev.firebreak.channel.mattermost;

import java.util.regex.Pattern;

/** Writes values so that Mattermost shows them and does nothing else with them. Pure. */
final class Inert {
  private static final Pattern MENTION = Pattern.compile("([@~])(?=[\\p{L}\\p{N}_])");
  private static final Pattern MARKUP = Pattern.compile("[\\\\`*_\\[\\]<>#|!~]");

  private Inert() {}

  /** Nobody is notified by it. */
  static String mentions(String text) {
    return MENTION.matcher(text).replaceAll("$1\u200B");
  }

  /** Nor is anything a link, an image, a heading or a table. */
  static String markdown(String text) {
    return MARKUP.matcher(mentions(text)).replaceAll("\\\\$0");
  }
}
