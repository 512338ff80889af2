package dev.firebreak.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What went wrong with a request, as RFC 9457 writes it. Never holds a stack trace, a class name, a
 * path of the server or a secret.
 *
 * @param type a name of the kind of problem that never changes: {@code about:blank} for none
 * @param title the kind in a few words
 * @param status the HTTP status
 * @param detail one sentence: what, where, and what to do
 * @param more further members, JSON values only
 */
@JsonPropertyOrder({"type", "title", "status", "detail"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type, String title, int status, String detail, @JsonAnyGetter Map<String, Object> more) {
  /** The media type of a problem document. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
  }

  /**
   * A problem without further members.
   *
   * @param kind lower-case words joined by hyphens: {@code unknown-source}
   */
  public static Problem of(int status, String kind, String title, String detail) {
    return new Problem("urn:firebreak:problem:" + kind, title, status, detail, Map.of());
  }

  /** The same problem with one more member. */
  public Problem with(String name, Object value) {
    Map<String, Object> members = new LinkedHashMap<>(more);
    members.put(name, value);
    return new Problem(type, title, status, detail, members);
  }
}
