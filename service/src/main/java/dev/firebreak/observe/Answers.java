package dev.firebreak.observe;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers of the admin port. */
final class Answers {
  private Answers() {}

  static void json(HttpServletResponse response, int status, String text) throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().write(text);
  }
}
