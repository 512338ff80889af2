package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.run.Incident;
import dev.firebreak.run.Incidents;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Incidents} must do. */
abstract class IncidentsContract extends Contract {
  private Incidents incidents() {
    return database().incidents();
  }

  private Incident added(String key) {
    Incident incident = Samples.incident(key);
    write(tx -> incidents().add(tx, incident));
    return incident;
  }

  private void save(Incident incident) {
    write(tx -> incidents().save(tx, incident));
  }

  @Nested
  class Life {
    @Test
    void everyStatus_comesBackExactly() {
      Incident open = added(Samples.id("key"));
      assertThat(find(tx -> incidents().find(tx, open.id()))).contains(open);
      Incident taken = open.acknowledged("ana", NOON);
      save(taken);
      assertThat(find(tx -> incidents().find(tx, open.id()))).contains(taken);
      Incident over = taken.resolved("person:ana", NOON.plusSeconds(1));
      save(over);
      assertThat(find(tx -> incidents().find(tx, open.id()))).contains(over);
    }

    @Test
    void incidentThatIsNotThere_isNotSaved() {
      Incident missing = Samples.incident("x");
      assertThatThrownBy(() -> save(missing)).hasMessageContaining(missing.id());
    }

    @Test
    void textsOfAnyKind_comeBack() {
      Incident open = added("k ' \" \\ %_ 🔥 \n " + "x".repeat(70_000));
      assertThat(find(tx -> incidents().openByKey(tx, open.key()))).contains(open);
    }
  }

  @Nested
  class OpenByKey {
    @Test
    void secondOpenIncidentOfTheKey_isRefused() {
      Incident first = added(Samples.id("key"));
      assertThatThrownBy(() -> added(first.key())).isNotNull();
      assertThat(find(tx -> incidents().openByKey(tx, first.key()))).contains(first);
    }

    @Test
    void keyIsFree_onceTheIncidentIsResolved() {
      Incident first = added(Samples.id("key"));
      save(first.resolved("firebreak", NOON));
      assertThat(find(tx -> incidents().openByKey(tx, first.key()))).isEmpty();
      Incident second = added(first.key());
      assertThat(find(tx -> incidents().openByKey(tx, first.key()))).contains(second);
    }

    @Test
    void longKeys_areToldApart() {
      String common = "redis/" + "x".repeat(5_000);
      Incident one = added(common + Samples.id("1"));
      Incident two = added(common + Samples.id("2"));
      assertThat(find(tx -> incidents().openByKey(tx, one.key()))).contains(one);
      assertThat(find(tx -> incidents().openByKey(tx, two.key()))).contains(two);
    }
  }

  @Nested
  class Lists {
    @Test
    void pages_areNewestFirstAndFiltered() {
      Incident first = added(Samples.id("key"));
      Incident second = added(Samples.id("key"));
      save(first.resolved("firebreak", NOON));
      assertThat(ids(null, null, 2)).containsExactly(second.id(), first.id());
      assertThat(ids(null, second.id(), 1)).containsExactly(first.id());
      assertThat(ids(Incident.Status.RESOLVED, null, 1)).containsExactly(first.id());
      assertThat(ids(Incident.Status.OPEN, null, 1)).containsExactly(second.id());
    }

    private List<String> ids(Incident.@Nullable Status status, @Nullable String before, int limit) {
      return list(tx -> incidents().list(tx, status, before, limit)).stream()
          .map(Incident::id)
          .toList();
    }
  }
}
