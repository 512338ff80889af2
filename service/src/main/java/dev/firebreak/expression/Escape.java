package dev.firebreak.expression;

/** Where a template's text goes, which decides how values are written into it. */
public enum Escape {
  /** Plain text and single arguments of a command: as it is, but control characters are refused. */
  TEXT,
  /** One argument of an argument list: as it is; NUL is refused. */
  ARGUMENT,
  /** A part of a URL: percent-encoded, so that it never changes host, path depth or query shape. */
  URL,
  /** Inside a JSON document: as inside a JSON string. */
  JSON,
  /** A header of HTTP or mail: line breaks and control characters are refused. */
  HEADER,
  /** A page. */
  HTML,
  /** Markdown of tickets and postmortems: no value becomes markup, a link or a mention. */
  MARKDOWN
}
