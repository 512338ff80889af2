package dev.firebreak.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many, 1 to 200
 * @param cursor where the page before ended, null for the first page
 */
record Slice(int limit, @Nullable String cursor) {
  private static final int MOST = 200;
  private static final int USUAL = 50;
  private static final Pattern ID = Pattern.compile("[a-z]{1,10}_[0-9A-Z]{26}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /** Reads {@code limit} and a {@code cursor} that is an id. */
  static Slice of(@Nullable String limit, @Nullable String cursor) {
    return new Slice(limit(limit), cursor(cursor, ID));
  }

  /** Reads {@code limit} and a {@code cursor} that is a sequence number. */
  static Slice numbered(@Nullable String limit, @Nullable String cursor) {
    return new Slice(limit(limit), cursor(cursor, NUMBER));
  }

  /** The number the page before ended with. */
  long number() {
    return cursor == null ? 0 : Long.parseLong(cursor);
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return USUAL;
    }
    int limit = NUMBER.matcher(text).matches() && text.length() < 5 ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MOST) {
      throw Refusals.parameter("limit", "must be a number from 1 to 200");
    }
    return limit;
  }

  private static @Nullable String cursor(@Nullable String text, Pattern pattern) {
    if (text != null && !pattern.matcher(text).matches()) {
      throw Refusals.parameter("cursor", "must be the 'next' of the page before");
    }
    return text;
  }

  /** Reads a parameter that is one word of an enum, or null when it was not given. */
  static <E extends Enum<E>> @Nullable E word(
      String parameter, @Nullable String text, E[] values, Function<E, String> asText) {
    if (text == null) {
      return null;
    }
    for (E value : values) {
      if (asText.apply(value).equals(text.toLowerCase(Locale.ROOT))) {
        return value;
      }
    }
    throw Refusals.parameter(
        parameter,
        Arrays.stream(values).map(asText).collect(Collectors.joining(", ", "must be one of ", "")));
  }
}
