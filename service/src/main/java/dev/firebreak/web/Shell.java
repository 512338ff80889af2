package dev.firebreak.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param title of the page
 * @param visitor null for strangers
 * @param csrf for forms; empty for strangers
 * @param halt null while automation is on
 * @param said what was just done, or null
 * @param now of the server
 * @param live where its events come from, or null when the page does not change
 */
record Shell(
    String title,
    @Nullable Visitor visitor,
    String csrf,
    @Nullable Halt halt,
    @Nullable String said,
    String now,
    @Nullable String live,
    Files files) {
  /** Who looks, and where they can go. */
  record Visitor(String name, String roles, List<Nav> nav, Badge automation) {}

  /**
   * One way out.
   *
   * @param here whether this page is there
   * @param count what waits there, or null for nothing
   */
  record Nav(String href, String word, boolean here, @Nullable String count) {}

  /** Automation is not on. */
  record Halt(
      Badge mode,
      String sentence,
      String reason,
      String by,
      Times.When at,
      Times.@Nullable When until) {}

  /** Where style and script lie, with the hash of their text. */
  record Files(String style, String script, String icon) {}
}
