package dev.firebreak.expression;

/** Where a template's text goes, which decides how values are written into it. */
public enum Escape {
  /** Plain text: as it is, but control characters other than newline and tab are refused. */
  TEXT,
  /** One argument of an argument list: as it is; NUL and an empty value are refused. */
  ARGUMENT,
  /**
   * A URL. A value that begins the URL must be an absolute http or https URL, one in the place of
   * the host a host or host:port; anywhere else it is percent-encoded but for unreserved
   * characters, so that it never changes host, path depth or query shape. Empty values, {@code .}
   * and {@code ..} are refused.
   */
  URL,
  /** Inside a JSON document: as inside a JSON string; outside of one only numbers and booleans. */
  JSON,
  /** A header of HTTP or mail: line breaks and control characters are refused. */
  HEADER,
  /** The key of a target or an incident: one line, and never empty. */
  KEY,
  /** A page. */
  HTML,
  /** Markdown of tickets and postmortems: no value becomes markup, a link or a mention. */
  MARKDOWN
}
