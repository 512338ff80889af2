package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Alerts;
import dev.firebreak.alert.StoredAlert;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Alerts} must do. */
abstract class AlertsContract extends Contract {
  private final String source = Samples.id("src");

  private Alerts alerts() {
    return database().alerts();
  }

  private Alert alert(String fingerprint, Instant startsAt, @Nullable Instant endsAt) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("z", "last first");
    labels.put("a", "\"quoted\" 🔥 \u202e");
    return new Alert(
        source,
        fingerprint,
        endsAt == null ? Alert.Status.FIRING : Alert.Status.RESOLVED,
        startsAt,
        endsAt,
        labels,
        Map.of("description", "x".repeat(70_000)),
        null,
        "Redis does not answer",
        null);
  }

  private StoredAlert added(Alert alert, @Nullable String incident) {
    StoredAlert stored =
        new StoredAlert(Samples.id("alr"), alert, incident, "dlv_1", NOON, NOON, 1);
    write(tx -> alerts().add(tx, stored));
    return stored;
  }

  @Nested
  class Identity {
    @Test
    void alert_comesBackExactly() {
      for (String start :
          new String[] {
            "0001-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "2026-10-25T00:30:00.001Z",
            "9999-12-31T23:59:59.999Z"
          }) {
        Instant startsAt = Instant.parse(start);
        StoredAlert stored = added(alert("fp", startsAt, null), null);
        assertThat(find(tx -> alerts().find(tx, source, "fp", startsAt))).contains(stored);
        assertThat(find(tx -> alerts().find(tx, source, "fp", startsAt)))
            .hasValueSatisfying(
                it -> assertThat(it.alert().labels().keySet()).containsExactly("z", "a"));
      }
    }

    @Test
    void sameSourceFingerprintAndStart_areRefusedTwice() {
      Alert alert = alert("x".repeat(4_000), NOON, null);
      added(alert, null);
      assertThatThrownBy(() -> added(alert, null)).isNotNull();
      added(alert("x".repeat(4_001), NOON, null), null);
      added(alert("x".repeat(4_000), NOON.plusMillis(1), null), null);
    }

    @Test
    void latest_isTheFiringOneThatStartedLast() {
      StoredAlert first = added(alert("fp", NOON, null), null);
      StoredAlert second = added(alert("fp", NOON.plusSeconds(1), null), null);
      added(alert("fp", NOON.plusSeconds(2), NOON.plusSeconds(3)), null);
      assertThat(find(tx -> alerts().latest(tx, source, "fp"))).contains(second);
      write(tx -> alerts().update(tx, resolved(second)));
      assertThat(find(tx -> alerts().latest(tx, source, "fp"))).contains(first);
      assertThat(find(tx -> alerts().latest(tx, source, "other"))).isEmpty();
    }
  }

  private StoredAlert resolved(StoredAlert it) {
    Alert over = alert(it.alert().fingerprint(), it.alert().startsAt(), NOON.plusSeconds(9));
    return new StoredAlert(
        it.id(), over, it.incidentId(), it.firstDelivery(), it.firstSeen(), NOON.plusSeconds(9), 2);
  }

  @Nested
  class Update {
    @Test
    void statusTextsAndCount_areWritten() {
      StoredAlert stored = added(alert("fp", NOON, null), "inc_1");
      write(tx -> alerts().update(tx, resolved(stored)));
      assertThat(find(tx -> alerts().find(tx, source, "fp", NOON))).contains(resolved(stored));
    }

    @Test
    void alertThatIsNotThere_isAnError() {
      StoredAlert missing =
          new StoredAlert("alr_none", alert("fp", NOON, null), null, "d", NOON, NOON, 1);
      assertThatThrownBy(() -> write(tx -> alerts().update(tx, missing)))
          .hasMessageContaining("alr_none");
    }
  }

  @Nested
  class OfAnIncident {
    @Test
    void alerts_areListedOldestFirstAndTheFiringOnesCounted() {
      String incident = Samples.id("inc");
      StoredAlert one = added(alert("one", NOON, null), incident);
      StoredAlert two = added(alert("two", NOON, NOON.plusSeconds(5)), incident);
      assertThat(list(tx -> alerts().ofIncident(tx, incident))).containsExactly(one, two);
      assertThat(count(incident)).isEqualTo(1);
      assertThat(count("inc_none")).isZero();
    }

    private int count(String incident) {
      return read(tx -> alerts().firing(tx, incident));
    }
  }

  @Nested
  class Groups {
    @Test
    void group_holdsItsFiringAlerts() {
      String group = "{}:{alertname=\"" + "x".repeat(5_000) + "\"}";
      StoredAlert one = added(alert("one", NOON, null), null);
      StoredAlert two = added(alert("two", NOON, null), null);
      write(tx -> alerts().joinGroup(tx, one.id(), source, group));
      write(tx -> alerts().joinGroup(tx, one.id(), source, group));
      write(tx -> alerts().joinGroup(tx, two.id(), source, group));
      assertThat(list(tx -> alerts().firingInGroup(tx, source, group))).containsExactly(one, two);
      write(tx -> alerts().update(tx, resolved(one)));
      assertThat(list(tx -> alerts().firingInGroup(tx, source, group))).containsExactly(two);
      assertThat(list(tx -> alerts().firingInGroup(tx, "other", group))).isEmpty();
    }
  }

  @Nested
  class Many {
    @Test
    void known_areTheFiringOnesAndThoseThatBeganInTheSpan() {
      StoredAlert fires = added(alert("a", NOON.minusSeconds(99), null), null);
      StoredAlert within = added(alert("b", NOON, NOON.plusSeconds(1)), null);
      added(alert("b", NOON.minusSeconds(1), NOON), null);
      added(alert("c", NOON, null), null);
      StoredAlert longer = added(alert("x".repeat(4_000), NOON, null), null);

      List<String> asked = List.of("a", "b", "x".repeat(4_000), "none");
      assertThat(list(tx -> alerts().known(tx, source, asked, NOON, NOON)))
          .containsExactlyInAnyOrder(fires, within, longer);
      assertThat(list(tx -> alerts().known(tx, "else", asked, NOON, NOON))).isEmpty();
      assertThat(list(tx -> alerts().known(tx, source, List.of(), NOON, NOON))).isEmpty();
    }

    @Test
    void all_areAddedJoinedAndWritten_andLeaveTheirGroupWhenResolved() {
      List<StoredAlert> two =
          List.of(
              new StoredAlert(
                  Samples.id("alr"), alert("a", NOON, null), null, "dlv_1", NOON, NOON, 1),
              new StoredAlert(
                  Samples.id("alr"), alert("b", NOON, null), null, "dlv_1", NOON, NOON, 1));
      write(tx -> alerts().addAll(tx, two));
      List<String> ids = two.stream().map(StoredAlert::id).toList();
      write(tx -> alerts().joinGroup(tx, ids, source, "g"));
      write(tx -> alerts().joinGroup(tx, ids, source, "g"));
      assertThat(list(tx -> alerts().firingInGroup(tx, source, "g"))).isEqualTo(two);

      StoredAlert over =
          new StoredAlert(
              ids.getFirst(),
              alert("a", NOON, NOON.plusSeconds(1)),
              "inc_1",
              "dlv_1",
              NOON,
              NOON.plusSeconds(2),
              2);
      write(tx -> alerts().updateAll(tx, List.of(over)));
      assertThat(find(tx -> alerts().find(tx, source, "a", NOON))).contains(over);
      assertThat(list(tx -> alerts().firingInGroup(tx, source, "g")))
          .containsExactly(two.getLast());
    }

    @Test
    void linkedAlert_countsForEachOfItsIncidents() {
      String first = Samples.id("inc");
      String second = Samples.id("inc");
      StoredAlert both = added(alert("a", NOON, null), first);
      write(tx -> alerts().link(tx, new Alerts.Link(both.id(), second)));
      write(tx -> alerts().link(tx, new Alerts.Link(both.id(), second)));
      StoredAlert own = added(alert("b", NOON, null), second);

      assertThat(firing(first)).isEqualTo(1);
      assertThat(firing(second)).isEqualTo(2);
      assertThat(list(tx -> alerts().ofIncident(tx, second))).containsExactlyInAnyOrder(both, own);
      assertThat(list(tx -> alerts().since(tx, second, both.firstSeen().minusMillis(1), 9)))
          .containsExactly(own, both);
      assertThat(list(tx -> alerts().since(tx, second, both.firstSeen().minusMillis(1), 1)))
          .containsExactly(own);
      assertThat(list(tx -> alerts().since(tx, second, own.firstSeen(), 9))).isEmpty();
      assertThat(list(tx -> alerts().links(tx, List.of(own.id(), both.id()))))
          .containsExactly(new Alerts.Link(both.id(), second));
    }

    private int firing(String incident) {
      return read(tx -> alerts().firing(tx, incident));
    }
  }
}
