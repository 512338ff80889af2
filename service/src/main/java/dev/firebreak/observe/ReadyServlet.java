package dev.firebreak.observe;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /ready}: 200, or 503 and why not. */
final class ReadyServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final transient Readiness readiness;

  ReadyServlet(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    List<String> reasons = readiness.reasons();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ready", reasons.isEmpty());
    if (!reasons.isEmpty()) {
      answer.put("reasons", reasons);
    }
    Answers.json(response, reasons.isEmpty() ? 200 : 503, JSON.writeValueAsString(answer));
  }
}
