package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.junit.jupiter.api.Test;

/**
 * How the database goes about each statement there is: on tables that grow, by an index, else it
 * takes longer with every incident.
 */
abstract class PlansContract {
  private static final List<Class<?>> STATEMENTS =
      List.of(
          AlertSql.class,
          ArtifactSql.class,
          AutomationSql.class,
          BreakerSql.class,
          DeliverySql.class,
          EscalationSql.class,
          FreezeSql.class,
          GateSql.class,
          IncidentSql.class,
          IntentSql.class,
          JournalSql.class,
          LockSql.class,
          MailSql.class,
          OutboxSql.class,
          RetentionSql.class,
          RunSql.class,
          RunbookVersionSql.class,
          SignalSql.class,
          StepSql.class,
          TicketSql.class,
          TokenSql.class,
          VoteSql.class);

  /** Few rows, or none but for a moment. */
  private static final Set<String> SMALL =
      Set.of(
          "automation_setting",
          "part_halt",
          "change_storm",
          "change_freeze",
          "freeze_lift",
          "change_order",
          "node",
          "token",
          "runbook_version",
          "removal",
          "run_mail",
          "target_lock",
          "commit_mark");

  /** Read as a whole on purpose: by an audit, or once an hour. */
  private static final Set<String> WHOLE = Set.of("RetentionSql.removed", "RetentionSql.tooMany");

  abstract Connection connect() throws SQLException;

  /** The tables a plan reads from their beginning to their end. */
  abstract Set<String> scanned(String plan);

  @Test
  void everyStatement_findsItsRowsByAnIndex() throws SQLException {
    List<String> slow = new ArrayList<>();
    int looked = 0;
    try (Connection connection = connect()) {
      for (Class<?> type : STATEMENTS) {
        for (Method method : type.getDeclaredMethods()) {
          String name = type.getSimpleName() + "." + method.getName();
          String sql = sql(method);
          if (sql.isEmpty() || sql.startsWith("INSERT") || WHOLE.contains(name)) {
            continue;
          }
          looked++;
          String plan = plan(connection, method, sql);
          for (String table : scanned(plan)) {
            if (!SMALL.contains(table)) {
              slow.add(name + " reads all of " + table + ": " + sql + "\n" + plan);
            }
          }
        }
      }
    }
    assertThat(looked).isGreaterThan(100);
    assertThat(slow).isEmpty();
  }

  private static String sql(Method method) {
    return Stream.of(
            method.isAnnotationPresent(SqlQuery.class)
                ? method.getAnnotation(SqlQuery.class).value()
                : "",
            method.isAnnotationPresent(SqlUpdate.class)
                ? method.getAnnotation(SqlUpdate.class).value()
                : "",
            method.isAnnotationPresent(SqlBatch.class)
                ? method.getAnnotation(SqlBatch.class).value()
                : "")
        .reduce("", String::concat)
        .strip();
  }

  private static String plan(Connection connection, Method method, String text)
      throws SQLException {
    SqlText sql = SqlText.parse(text);
    Map<String, Class<?>> types = types(method);
    StringBuilder plan = new StringBuilder();
    try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql.sql())) {
      for (int i = 0; i < sql.names().size(); i++) {
        statement.setObject(
            i + 1, sample(connection, Objects.requireNonNull(types.get(sql.names().get(i)))));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
    } catch (SQLException e) {
      throw new SQLException(text, e);
    }
    return plan.toString();
  }

  private static Map<String, Class<?>> types(Method method) {
    Map<String, Class<?>> types = new HashMap<>();
    for (Parameter parameter : method.getParameters()) {
      Class<?> type = parameter.getType();
      if (Iterable.class.isAssignableFrom(type)) {
        Type element =
            ((ParameterizedType) parameter.getParameterizedType()).getActualTypeArguments()[0];
        type = (Class<?>) element;
      }
      Bind bind = parameter.getAnnotation(Bind.class);
      if (bind != null) {
        types.put(bind.value(), type);
      } else {
        for (RecordComponent component : type.getRecordComponents()) {
          types.putIfAbsent(component.getName(), component.getType());
        }
      }
    }
    return types;
  }

  private static Object sample(Connection connection, Class<?> type) throws SQLException {
    return switch (type.getSimpleName()) {
      case "Instant" -> OffsetDateTime.parse("2026-11-22T12:00:00Z");
      case "int" -> 5;
      case "long", "Long" -> 5L;
      case "boolean" -> true;
      case "byte[]" -> new byte[] {1};
      case "String[]" -> connection.createArrayOf("varchar", new String[] {"x", "y"});
      default -> "x";
    };
  }
}
