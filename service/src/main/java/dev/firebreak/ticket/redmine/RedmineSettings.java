package dev.firebreak.ticket.redmine;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.firebreak.core.Durations;
import dev.firebreak.core.SecretRef;
import dev.firebreak.ticket.Markup;
import dev.firebreak.ticket.TicketParts;
import dev.firebreak.ticket.TicketSettings;
import dev.firebreak.ticket.TicketSystem;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * {@code type: redmine}.
 *
 * @param url where Redmine is, as browsers see it: {@code https://redmine.example.com}
 * @param apiKey of a user who may see, add and edit issues of the project (its page "My account")
 * @param project the project's identifier, as in its address: {@code ops}
 * @param tracker name of the tracker of new tickets; the project's first when not given
 * @param priorities name of the priority for each severity of alerts; Redmine's default for others
 * @param resolvedStatus name of the status that tickets of resolved incidents get; when not given,
 *     the status is left alone
 * @param format how Redmine formats texts (Administration, Settings, General, Text formatting):
 *     {@code textile}, as Redmine does by default, or {@code markdown}
 * @param timeout bound of one request, 1s to 5m; 30s when not given
 */
@JsonTypeName("redmine")
public record RedmineSettings(
    String url,
    SecretRef apiKey,
    String project,
    @Nullable String tracker,
    @Nullable Map<String, String> priorities,
    @Nullable String resolvedStatus,
    @Nullable String format,
    @Nullable String timeout)
    implements TicketSettings {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public TicketSystem build(String name, TicketParts parts) {
    HttpUrl root = root(name);
    needed(name, "project", project);
    if (apiKey == null) {
      throw wrong(name, "apiKey", "is missing: write {env: NAME} or {file: path}");
    }
    RedmineClient client =
        new RedmineClient(
            name,
            root,
            parts.http(),
            timeout(name),
            () -> parts.secrets().value(apiKey),
            parts.json());
    RedmineNames names =
        new RedmineNames(
            name, client, tracker, priorities == null ? Map.of() : priorities, resolvedStatus);
    return new RedmineTickets(
        name, project, markup(name), client, names, parts.json(), parts.clock());
  }

  private HttpUrl root(String name) {
    HttpUrl root = HttpUrl.parse(needed(name, "url", url).replaceAll("/*$", "/"));
    if (root == null || root.query() != null || !root.username().isEmpty()) {
      throw wrong(
          name, "url", "must be like https://redmine.example.com, without query or password");
    }
    return root;
  }

  private Markup markup(String name) {
    return switch (format == null ? "textile" : format.toLowerCase(Locale.ROOT)) {
      case "textile" -> Markup.TEXTILE;
      case "markdown" -> Markup.REDMINE_MARKDOWN;
      default -> throw wrong(name, "format", "must be textile or markdown, not '" + format + "'");
    };
  }

  private Duration timeout(String name) {
    try {
      Duration given = timeout == null ? PATIENCE : Durations.parse(timeout);
      if (given.compareTo(Duration.ofSeconds(1)) >= 0
          && given.compareTo(Duration.ofMinutes(5)) <= 0) {
        return given;
      }
    } catch (IllegalArgumentException e) {
      throw wrong(name, "timeout", String.valueOf(e.getMessage()));
    }
    throw wrong(name, "timeout", "must be from 1s to 5m, not '" + timeout + "'");
  }

  private static String needed(String name, String key, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw wrong(name, key, "is missing");
    }
    return value;
  }

  private static IllegalArgumentException wrong(String name, String key, String what) {
    return new IllegalArgumentException("tickets." + name + "." + key + " " + what);
  }
}
