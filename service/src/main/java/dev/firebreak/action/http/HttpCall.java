package dev.firebreak.action.http;

import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Equipment;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.JsonValues;
import dev.firebreak.action.Params;
import dev.firebreak.core.Cause;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * One request, its parameters checked.
 *
 * @param changes whether the author did not say that it only reads
 * @param redirects how many may be followed
 */
record HttpCall(String method, boolean changes, int redirects, Request request) {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> NOT_OURS_TO_SET =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "host",
          "content-length",
          "connection",
          "transfer-encoding",
          "te",
          "upgrade",
          "expect",
          "accept-encoding",
          "user-agent",
          "firebreak-cause");
  private static final Pattern URL =
      Pattern.compile("(?i)https?://[^/?#@\\\\\\s]+([/?][^\\\\\\s#]*)?(#.*)?");
  private static final Pattern STRAY_SEGMENT = Pattern.compile("(?i)//|/(\\.|%2e){1,2}(/|$)");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  static HttpCall read(Invocation invocation, Equipment equipment) {
    Params params = invocation.read();
    String method = params.text("method", "GET").toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw new BadParameter(
          "method", "must be one of GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE");
    }
    boolean changes = !HttpAction.READING.contains(method) && !params.flag("reads", false);
    HttpUrl url = url(params);
    Request.Builder request = new Request.Builder().url(url);
    if (!HttpAction.READING.contains(method)) {
      request.header("Idempotency-Key", invocation.idempotencyKey());
    }
    headers(params, request);
    request.header(Cause.HEADER, Cause.passedOn(invocation.model()));
    request.method(method, body(params, method, equipment));
    if (params.has("credential")) {
      equipment.credentials().apply(params.text("credential"), url, request);
    }
    return new HttpCall(method, changes, redirects(params, method), request.build());
  }

  private static int redirects(Params params, String method) {
    int redirects = params.integer("redirects", 0, 0, 5);
    if (redirects > 0 && !method.equals("GET") && !method.equals("HEAD")) {
      throw new BadParameter("redirects", "are followed for GET and HEAD only");
    }
    return redirects;
  }

  private static HttpUrl url(Params params) {
    String text = params.text("url");
    if (!URL.matcher(text).matches()) {
      throw new BadParameter(
          "url", "must be like https://host/path, without user or spaces, not '" + text + "'");
    }
    HttpUrl url = HttpUrl.parse(text);
    if (url == null || url.host().isEmpty()) {
      throw new BadParameter("url", "is not a URL: '" + text + "'");
    }
    if (STRAY_SEGMENT.matcher(path(text)).find()) {
      throw new BadParameter(
          "url", "has an empty or dotted part in its path; is a value empty? '" + text + "'");
    }
    HttpUrl.Builder whole = url.newBuilder();
    for (Map.Entry<String, Object> query : params.fields("query").entrySet()) {
      whole.addQueryParameter(query.getKey(), String.valueOf(query.getValue()));
    }
    return whole.build();
  }

  /** From the host to where the query begins, as it was written. */
  private static String path(String url) {
    int begin = url.indexOf("://") + 3;
    int end = begin;
    while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
      end++;
    }
    return url.substring(begin, end);
  }

  private static void headers(Params params, Request.Builder request) {
    for (Map.Entry<String, Object> header : params.fields("headers").entrySet()) {
      String name = header.getKey();
      String value = String.valueOf(header.getValue());
      if (!HEADER.matcher(name).matches() || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
        throw new BadParameter(
            "headers", "'" + name + "' is not a header of plain characters on one line");
      }
      if (NOT_OURS_TO_SET.contains(name.toLowerCase(Locale.ROOT))) {
        throw new BadParameter(
            "headers", "'" + name + "' cannot be set here; what identifies goes by 'credential'");
      }
      request.header(name, value);
    }
  }

  private static @Nullable RequestBody body(Params params, String method, Equipment equipment) {
    Object structure = params.raw("json");
    Object text = params.raw("body");
    if (structure != null && text != null) {
      throw new BadParameter("json", "and 'body' exclude one another");
    }
    if (HttpAction.READING.contains(method)) {
      if (structure != null || text != null) {
        throw new BadParameter(text == null ? "json" : "body", "cannot be sent with " + method);
      }
      return null;
    }
    byte[] bytes =
        structure != null
            ? JsonValues.write(equipment.json(), structure)
            : params.text("body", "").getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      return RequestBody.create(bytes, null);
    }
    return RequestBody.create(bytes, MediaType.parse(contentType(params)));
  }

  private static String contentType(Params params) {
    return params.fields("headers").entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
        .map(header -> String.valueOf(header.getValue()))
        .findFirst()
        .orElse("application/json");
  }
}
