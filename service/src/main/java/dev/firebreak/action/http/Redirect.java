package dev.firebreak.action.http;

import dev.firebreak.action.Answer;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Where an answer sends us on to. */
final class Redirect {
  private Redirect() {}

  /** The next request, null when this answer is no redirect or leads to another origin. */
  static @Nullable Request next(Answer answer, Request request) {
    HttpUrl to = target(answer);
    return to != null && sameOrigin(answer.url(), to) ? request.newBuilder().url(to).build() : null;
  }

  /** What to say of a redirect that was not followed; empty for other answers. */
  static String remark(Answer answer) {
    if (!is(answer.status())) {
      return "";
    }
    HttpUrl to = target(answer);
    if (to == null) {
      return "; it is a redirect without a usable Location";
    }
    return sameOrigin(answer.url(), to)
        ? "; raise 'redirects' (GET and HEAD) if it is to be followed"
        : "; redirects to another origin (%s://%s:%d) are not followed"
            .formatted(to.scheme(), to.host(), to.port());
  }

  private static boolean is(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static @Nullable HttpUrl target(Answer answer) {
    String location = is(answer.status()) ? answer.headers().get("Location") : null;
    return location == null ? null : answer.url().resolve(location);
  }

  private static boolean sameOrigin(HttpUrl one, HttpUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port();
  }
}
