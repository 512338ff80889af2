package dev.firebreak.ticket.redmine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.outbox.CourierException;
import dev.firebreak.ticket.redmine.RedmineClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What Redmine's refusals mean, and what to do. Pure. */
final class RedmineFaults {
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);
  private static final int MAX_ERRORS = 5;
  private static final int MAX_ERROR_LENGTH = 200;

  private RedmineFaults() {}

  static CourierException of(String name, Answer answer, String doing) {
    int status = answer.status();
    boolean permanent = status < 500 && !PASSING.contains(status);
    String said = said(answer.body());
    return new CourierException(
        "ticket system '%s', %s: Redmine answered %d%s%s"
            .formatted(
                name, doing, status, said.isEmpty() ? "" : " (" + said + ")", advice(name, status)),
        permanent,
        null);
  }

  private static String advice(String name, int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 ->
          ": redirects are not followed; write the final address as tickets." + name + ".url";
      case 401 ->
          ": check tickets."
              + name
              + ".apiKey, and that REST is enabled (Administration, Settings, API)";
      case 403 ->
          ": the API key's user needs the permissions to view, add and edit issues in the project";
      case 404 ->
          ": check tickets." + name + ".url and project, and that the user is a member of it";
      case 413 -> ": the proxy before Redmine refuses bodies of this size";
      case 422 -> ": Redmine requires something else; check the project's trackers and fields";
      default -> "";
    };
  }

  private static String said(JsonNode body) {
    List<String> errors = new ArrayList<>();
    for (JsonNode error : body.path("errors")) {
      String text = error.asText();
      errors.add(text.length() > MAX_ERROR_LENGTH ? text.substring(0, MAX_ERROR_LENGTH) : text);
    }
    return String.join("; ", errors.subList(0, Math.min(MAX_ERRORS, errors.size())));
  }
}
