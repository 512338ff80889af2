package dev.firebreak.expression;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a value inert in Markdown and its relatives: CommonMark, GitHub's, GitLab's, Redmine's,
 * Slack's and Jira's mark-up.
 */
final class Markdown {
  /** Splits what readers would join to a mention, a reference or a macro; it is not seen. */
  private static final String JOINT = "\u200B";

  private static final Pattern MARKS = Pattern.compile("[\\\\`*_\\[\\]|~]");
  private static final Pattern MENTIONS = Pattern.compile("([@#!]|\\{)(?=[\\w{~\\[(])");
  private static final Pattern LINKS =
      Pattern.compile(
          ":(?=//)|(?<=\\bwww)\\.|(?<=mailto|javascript|data):", Pattern.CASE_INSENSITIVE);
  private static final Pattern LINE_STARTS =
      Pattern.compile("(?m)^[ \\t]*(?=([-+=#:]|\\d{1,9}[.)])?)");
  private static final Pattern NUMBERS = Pattern.compile("(?m)^(\\d{1,9})(?=[.)](?:\\s|$))");

  private Markdown() {}

  static String escape(String value) {
    String text = value.replace("\r\n", "\n").replace('\r', '\n');
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    text = MENTIONS.matcher(text).replaceAll("$1" + JOINT);
    text = MARKS.matcher(text).replaceAll("\\\\$0");
    text = LINKS.matcher(text).replaceAll("\\\\$0");
    text = NUMBERS.matcher(text).replaceAll("$1\\\\");
    return LINE_STARTS.matcher(text).replaceAll(Markdown::lineStart);
  }

  private static String lineStart(java.util.regex.MatchResult start) {
    String mark = start.group(1);
    boolean list = mark != null && mark.length() == 1 && !Character.isDigit(mark.charAt(0));
    return Matcher.quoteReplacement(list ? "\\" : "");
  }
}
