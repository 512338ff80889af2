package dev.firebreak.store;

import dev.firebreak.core.StoreUnavailable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One table on its way from H2 to an open transaction of PostgreSQL. Used once. */
final class TableCopy {
  private static final int BATCH = 500;

  private final String table;
  private final Connection source;
  private final Connection target;
  private final List<Column> columns = new ArrayList<>();

  TableCopy(String table, Connection source, Connection target) {
    this.table = table;
    this.source = source;
    this.target = target;
  }

  private record Column(String name, int type, boolean counts) {}

  /**
   * The rows of a table, whatever their order.
   *
   * @param sum of the hashes of all rows
   */
  private record Sum(long rows, long sum) {
    Sum plus(long hash) {
      return new Sum(rows + 1, sum + hash);
    }
  }

  /**
   * Copies all rows and compares what arrived.
   *
   * @return how many rows there are
   * @throws StoreUnavailable when the target is not empty, or what arrived differs
   */
  long run() throws SQLException {
    look();
    Sum left = copy();
    Sum arrived = read(target);
    if (!left.equals(arrived)) {
      throw new StoreUnavailable(
          "table %s did not arrive as it left: %d rows instead of %d, or other values"
              .formatted(table, arrived.rows(), left.rows()),
          null);
    }
    goOnCounting();
    return left.rows();
  }

  private void look() throws SQLException {
    try (Statement statement = target.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " LIMIT 1")) {
      if (rows.next()) {
        throw new StoreUnavailable(
            "the target is not empty: table " + table + " has rows; name an empty database", null);
      }
      ResultSetMetaData about = rows.getMetaData();
      for (int i = 1; i <= about.getColumnCount(); i++) {
        columns.add(
            new Column(about.getColumnName(i), about.getColumnType(i), about.isAutoIncrement(i)));
      }
    }
  }

  private String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private Sum copy() throws SQLException {
    String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    Sum sum = new Sum(0, 0);
    try (Statement select = reading(source);
        ResultSet rows = select.executeQuery("SELECT " + names() + " FROM " + table);
        PreparedStatement insert =
            target.prepareStatement(
                "INSERT INTO " + table + " (" + names() + ") VALUES (" + marks + ")")) {
      while (rows.next()) {
        sum = sum.plus(copyRow(rows, insert));
        if (sum.rows() % BATCH == 0) {
          int[] unused = insert.executeBatch();
        }
      }
      int[] unused = insert.executeBatch();
    }
    return sum;
  }

  private long copyRow(ResultSet row, PreparedStatement insert) throws SQLException {
    List<@Nullable Object> values = values(row);
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value == null) {
        insert.setNull(i + 1, columns.get(i).type());
      } else {
        insert.setObject(i + 1, value);
      }
    }
    insert.addBatch();
    return hash(values);
  }

  private Sum read(Connection connection) throws SQLException {
    Sum sum = new Sum(0, 0);
    try (Statement select = reading(connection);
        ResultSet rows = select.executeQuery("SELECT " + names() + " FROM " + table)) {
      while (rows.next()) {
        sum = sum.plus(hash(values(rows)));
      }
    }
    return sum;
  }

  private static Statement reading(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    statement.setFetchSize(BATCH);
    return statement;
  }

  private List<@Nullable Object> values(ResultSet row) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      values.add(
          switch (columns.get(i).type()) {
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> row.getBytes(i + 1);
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                row.getObject(i + 1, OffsetDateTime.class);
            case Types.BIT, Types.BOOLEAN -> row.getObject(i + 1, Boolean.class);
            case Types.INTEGER -> row.getObject(i + 1, Integer.class);
            case Types.BIGINT -> row.getObject(i + 1, Long.class);
            default -> row.getString(i + 1);
          });
    }
    return values;
  }

  private static long hash(List<@Nullable Object> values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Object value : values) {
        byte[] bytes = bytes(value);
        digest.update((value == null ? "-" : bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return java.nio.ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] bytes(@Nullable Object value) {
    return switch (value) {
      case null -> new byte[0];
      case byte[] bytes -> bytes;
      case OffsetDateTime at -> at.toInstant().toString().getBytes(StandardCharsets.UTF_8);
      default -> value.toString().getBytes(StandardCharsets.UTF_8);
    };
  }

  /** The next number the database gives itself follows the greatest one that came. */
  private void goOnCounting() throws SQLException {
    for (Column column : columns) {
      if (column.counts()) {
        try (Statement statement = target.createStatement()) {
          boolean unused =
              statement.execute(
                  "SELECT setval(pg_get_serial_sequence('%1$s', '%2$s'), MAX(%2$s)) FROM %1$s"
                      .formatted(table, column.name()));
        }
      }
    }
  }
}
