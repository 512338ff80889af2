package dev.firebreak.channel.slack;

import dev.firebreak.channel.Ask;
import dev.firebreak.channel.Notice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a message of Slack is made of. Pure. */
final class SlackBlocks {
  static final String APPROVE = "firebreak_approve";
  static final String REJECT = "firebreak_reject";
  static final String OPEN = "firebreak_open";
  static final String REASON = "firebreak_reason";

  private static final int MAX_HEADER = 150;
  private static final int MAX_SECTION = 3_000;
  private static final int MAX_REASON = 1_000;

  private SlackBlocks() {}

  static Map<String, Object> plain(String text) {
    return Map.of("type", "plain_text", "text", text, "emoji", false);
  }

  /** The same in words, for notifications and for those who know no blocks. */
  static String text(Notice notice) {
    String text =
        SlackText.line(notice.subject(), MAX_HEADER)
            + "\n"
            + SlackText.lines(notice.text(), MAX_SECTION);
    return notice.link() == null ? text : text + "\n" + SlackText.address(notice.link());
  }

  static List<Object> of(Notice notice) {
    List<Object> blocks = said(notice.subject(), notice.text());
    if (notice.link() != null) {
      String link = "<" + SlackText.address(notice.link()) + "|Open in Firebreak>";
      blocks.add(Map.of("type", "section", "text", Map.of("type", "mrkdwn", "text", link)));
    }
    return blocks;
  }

  static List<Object> said(String subject, String text) {
    List<Object> blocks = new ArrayList<>();
    blocks.add(Map.of("type", "header", "text", plain(SlackText.line(subject, MAX_HEADER))));
    String lines = SlackText.lines(text, MAX_SECTION);
    if (!lines.isEmpty()) {
      blocks.add(Map.of("type", "section", "text", plain(lines)));
    }
    return blocks;
  }

  /**
   * A field for the reason, and two buttons that say what was asked; where a form is to be filled
   * in, the first one opens the page.
   *
   * @param link to the page, or null
   */
  static List<Object> buttons(Ask ask, @Nullable String link) {
    Map<String, Object> field =
        Map.of("type", "plain_text_input", "action_id", REASON, "max_length", MAX_REASON);
    return List.of(
        Map.of(
            "type",
            "input",
            "block_id",
            REASON,
            "optional",
            true,
            "label",
            plain("Reason (kept on the record)"),
            "element",
            field),
        Map.of(
            "type",
            "actions",
            "elements",
            List.of(
                ask.form() ? page(link) : button("Approve", APPROVE, "primary", ask),
                button("Reject", REJECT, "danger", ask))));
  }

  private static Map<String, Object> page(@Nullable String link) {
    Map<String, Object> button = new LinkedHashMap<>();
    button.put("type", "button");
    button.put("text", plain("Fill in the form to approve"));
    button.put("action_id", OPEN);
    if (link != null) {
      button.put("url", link);
    }
    return button;
  }

  private static Map<String, Object> button(String word, String id, String style, Ask ask) {
    return Map.of(
        "type",
        "button",
        "text",
        plain(word),
        "action_id",
        id,
        "style",
        style,
        "value",
        ask.gate() + " " + ask.plan());
  }
}
