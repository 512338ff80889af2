package dev.firebreak.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How values stand in columns: the same on every database. */
final class Columns {
  private Columns() {}

  /** Reads one column; null where it holds nothing. */
  @FunctionalInterface
  interface Reader {
    @Nullable Object read(ResultSet row, int column) throws SQLException;
  }

  /** How a column becomes a value of this type. */
  static Reader reader(Class<?> type) {
    if (type.isEnum()) {
      Map<String, Object> constants = new HashMap<>();
      for (Object constant : type.getEnumConstants()) {
        constants.put(((Enum<?>) constant).name(), constant);
      }
      return (row, column) -> constant(type, constants, row.getString(column));
    }
    return switch (type.getName()) {
      case "java.lang.String" -> ResultSet::getString;
      case "java.time.Instant" -> Columns::instant;
      case "int" -> ResultSet::getInt;
      case "long" -> ResultSet::getLong;
      case "java.lang.Long" -> (row, column) -> row.getObject(column, Long.class);
      case "boolean" -> ResultSet::getBoolean;
      case "[B" -> ResultSet::getBytes;
      default -> throw new IllegalArgumentException("no column holds a " + type.getName());
    };
  }

  /** Sets one argument; null is nothing. */
  @FunctionalInterface
  interface Writer {
    void write(PreparedStatement statement, int position, @Nullable Object value)
        throws SQLException;
  }

  /** How a value of this type becomes an argument; empty when no column holds such a value. */
  static Optional<Writer> writer(Class<?> type) {
    if (type.isEnum()) {
      return Optional.of(
          (statement, at, value) ->
              statement.setString(at, value == null ? null : ((Enum<?>) value).name()));
    }
    return Optional.ofNullable(
        switch (type.getName()) {
          case "java.lang.String" -> Columns::writeText;
          case "java.time.Instant" -> Columns::writeInstant;
          case "int", "long", "boolean", "java.lang.Long" -> PreparedStatement::setObject;
          case "[Ljava.lang.String;" -> Columns::writeTexts;
          case "[B" -> (statement, at, value) -> statement.setBytes(at, (byte[]) value);
          default -> null;
        });
  }

  private static void writeText(PreparedStatement statement, int position, @Nullable Object value)
      throws SQLException {
    statement.setString(position, value == null ? null : storable((String) value));
  }

  private static void writeTexts(PreparedStatement statement, int position, @Nullable Object value)
      throws SQLException {
    statement.setArray(
        position, statement.getConnection().createArrayOf("varchar", (String[]) value));
  }

  private static void writeInstant(
      PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
    if (value == null) {
      statement.setNull(position, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      statement.setObject(position, column((Instant) value));
    }
  }

  private static OffsetDateTime column(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Object constant(
      Class<?> type, Map<String, Object> constants, @Nullable String name) {
    Object constant = constants.get(name);
    if (name != null && constant == null) {
      throw new IllegalStateException("'" + name + "' is no " + type.getSimpleName());
    }
    return constant;
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  /** Text as every database can hold it: PostgreSQL knows no NUL. */
  static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }
}
