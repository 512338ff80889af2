package dev.firebreak.store;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rows as records: the component {@code openedAt} is the column {@code opened_at}. Every execution
 * of a statement has its columns at the same places, so they are looked for once. Thread-safe.
 */
final class RecordReader implements Answer.RowReader {
  private final Constructor<?> constructor;
  private final String[] columns;
  private final Columns.Reader[] readers;
  private volatile int @Nullable [] places;

  RecordReader(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    columns = Arrays.stream(components).map(it -> column(it.getName())).toArray(String[]::new);
    readers =
        Arrays.stream(components)
            .map(it -> Columns.reader(it.getType()))
            .toArray(Columns.Reader[]::new);
    constructor = canonical(type, components);
  }

  private static Constructor<?> canonical(Class<?> type, RecordComponent[] components) {
    try {
      Constructor<?> found =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
      found.setAccessible(true);
      return found;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has its constructor", e);
    }
  }

  private static String column(String component) {
    return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  @Override
  public Object read(ResultSet row) throws SQLException {
    int[] at = places == null ? find(row) : places;
    @Nullable Object[] values = new @Nullable Object[at.length];
    for (int i = 0; i < at.length; i++) {
      values[i] = readers[i].read(row, at[i]);
    }
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "a stored row is no " + constructor.getDeclaringClass().getSimpleName(), e);
    }
  }

  private int[] find(ResultSet row) throws SQLException {
    int[] found = new int[columns.length];
    for (int i = 0; i < columns.length; i++) {
      found[i] = row.findColumn(columns[i]);
    }
    places = found;
    return found;
  }
}
