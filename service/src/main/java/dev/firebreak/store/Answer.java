package dev.firebreak.store;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the rows of a query become what its method returns; found once. Immutable. */
final class Answer {
  /** How many a method returns. */
  private enum Shape {
    ONE,
    OPTIONAL,
    LIST
  }

  private final Method method;
  private final Shape shape;
  private final RowReader reader;

  private Answer(Method method, Shape shape, RowReader reader) {
    this.method = method;
    this.shape = shape;
    this.reader = reader;
  }

  /** Reads the row a result stands on. */
  @FunctionalInterface
  interface RowReader {
    @Nullable Object read(ResultSet row) throws SQLException;
  }

  static Answer of(Method method) {
    Type type = method.getGenericReturnType();
    if (type instanceof ParameterizedType many) {
      Shape shape = many.getRawType() == Optional.class ? Shape.OPTIONAL : Shape.LIST;
      return new Answer(method, shape, reader((Class<?>) many.getActualTypeArguments()[0]));
    }
    return new Answer(method, Shape.ONE, reader(method.getReturnType()));
  }

  private static RowReader reader(Class<?> type) {
    if (type.isRecord()) {
      return new RecordReader(type);
    }
    Columns.Reader column = Columns.reader(type);
    return row -> column.read(row, 1);
  }

  Object read(ResultSet rows) throws SQLException {
    return switch (shape) {
      case LIST -> all(rows);
      case OPTIONAL -> rows.next() ? Optional.ofNullable(reader.read(rows)) : Optional.empty();
      case ONE -> one(rows);
    };
  }

  private Object one(ResultSet rows) throws SQLException {
    Object value = rows.next() ? reader.read(rows) : null;
    if (value == null) {
      throw new IllegalStateException(method + " found nothing");
    }
    return value;
  }

  private List<@Nullable Object> all(ResultSet rows) throws SQLException {
    List<@Nullable Object> all = new ArrayList<>();
    while (rows.next()) {
      all.add(reader.read(rows));
    }
    return all;
  }
}
