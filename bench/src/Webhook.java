import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bodies as Alertmanager 0.27 sends them. */
final class Webhook {
  private static final Instant STARTED = Instant.now().minusSeconds(30);

  private Webhook() {}

  static String of(String name, String worker, String instance, int alerts, int number) {
    String listed =
        IntStream.range(0, alerts)
            .mapToObj(part -> alert(name, worker, instance, part, number))
            .collect(Collectors.joining(","));
    return """
    {"receiver":"bench","status":"firing","alerts":[%s],"groupLabels":{"alertname":"%s"},\
    "commonLabels":{"alertname":"%s","severity":"critical"},"commonAnnotations":{},\
    "externalURL":"http://alertmanager:9093","version":"4",\
    "groupKey":"{}:{worker=\\"%s\\"}","truncatedAlerts":0}\
    """
        .formatted(listed, name, name, worker);
  }

  private static String alert(String name, String worker, String instance, int part, int number) {
    return """
    {"status":"firing","labels":{"alertname":"%s","worker":"%s","instance":"%s","part":"%d",\
    "job":"bench","severity":"critical"},"annotations":{"summary":"%s is stuck"},\
    "startsAt":"%s","endsAt":"0001-01-01T00:00:00Z",\
    "generatorURL":"http://prometheus:9090/graph","fingerprint":"%08x%08x"}\
    """
        .formatted(name, worker, instance, part, worker, STARTED, number, part);
  }
}
