package dev.firebreak.guard;

import java.util.regex.Pattern;

/**
 * A pattern of names: {@code *} for a part between slashes, {@code **} for anything. Letters are
 * the same in either case. Immutable.
 */
public final class Glob {
  private static final Pattern WILD = Pattern.compile("\\*\\*|\\*|[^*]+");

  private final Pattern pattern;

  /** Reads one. */
  public Glob(String text) {
    StringBuilder regex = new StringBuilder();
    WILD.matcher(text)
        .results()
        .map(part -> part.group())
        .forEach(
            part ->
                regex.append(
                    part.equals("**") ? ".*" : part.equals("*") ? "[^/]*" : Pattern.quote(part)));
    pattern = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Whether it means this name. */
  public boolean matches(String name) {
    return pattern.matcher(name).matches();
  }
}
