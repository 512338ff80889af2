package dev.firebreak.action.prometheus;

import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code actions.prometheus} of the configuration.
 *
 * @param url the server that is asked when a step names none, as in {@code http://prometheus:9090}
 * @param credential shown to it, by name; none when absent
 * @param servers further servers by name
 */
record PrometheusSettings(
    @Nullable String url, @Nullable String credential, @Nullable Map<String, Server> servers) {
  /**
   * One server.
   *
   * @param url where its API begins, without {@code /api/v1}
   * @param credential shown to it, by name; none when absent
   */
  record Server(String url, @Nullable String credential) {
    Server {
      HttpUrl parsed = url == null ? null : HttpUrl.parse(url);
      if (parsed == null || parsed.query() != null || !parsed.username().isEmpty()) {
        throw new IllegalArgumentException(
            "a Prometheus server needs a url like http://prometheus:9090, not '" + url + "'");
      }
    }
  }

  PrometheusSettings {
    if (url != null) {
      var unused = new Server(url, credential);
    }
  }

  /** All servers by name; the one without a name is {@code ""}. */
  Map<String, Server> all() {
    Map<String, Server> all = new LinkedHashMap<>();
    if (servers != null) {
      all.putAll(servers);
    }
    if (url != null) {
      all.put("", new Server(url, credential));
    }
    return all;
  }
}
