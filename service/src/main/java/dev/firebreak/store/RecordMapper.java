package dev.firebreak.store;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.RowMapperFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Rows as records: the component {@code openedAt} is the column {@code opened_at}. JDBI's own
 * mapper looks at constructors and annotations anew for every query, which costs ten times the
 * query.
 */
final class RecordMapper<R> implements RowMapper<R> {
  /** Gives a mapper for every record. */
  static final class Factory implements RowMapperFactory {
    private final Map<Class<?>, RowMapper<?>> known = new ConcurrentHashMap<>();

    @Override
    public Optional<RowMapper<?>> build(Type type, ConfigRegistry config) {
      return type instanceof Class<?> record && record.isRecord()
          ? Optional.of(known.computeIfAbsent(record, RecordMapper::new))
          : Optional.empty();
    }
  }

  private final Constructor<R> constructor;
  private final String[] columns;
  private final Columns.Reader[] readers;

  RecordMapper(Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    columns = Arrays.stream(components).map(it -> column(it.getName())).toArray(String[]::new);
    readers =
        Arrays.stream(components)
            .map(it -> Columns.reader(it.getType()))
            .toArray(Columns.Reader[]::new);
    constructor = canonical(type, components);
  }

  private static <R> Constructor<R> canonical(Class<R> type, RecordComponent[] components) {
    try {
      Constructor<R> found =
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
  public R map(ResultSet rows, StatementContext context) throws SQLException {
    return map(rows, positions(rows));
  }

  @Override
  public RowMapper<R> specialize(ResultSet rows, StatementContext context) throws SQLException {
    int[] positions = positions(rows);
    return (row, ctx) -> map(row, positions);
  }

  private int[] positions(ResultSet rows) throws SQLException {
    int[] positions = new int[columns.length];
    for (int i = 0; i < columns.length; i++) {
      positions[i] = rows.findColumn(columns[i]);
    }
    return positions;
  }

  private R map(ResultSet row, int[] positions) throws SQLException {
    @Nullable Object[] values = new @Nullable Object[positions.length];
    for (int i = 0; i < positions.length; i++) {
      values[i] = readers[i].read(row, positions[i]);
    }
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "a stored row is no " + constructor.getDeclaringClass().getSimpleName(), e);
    }
  }
}
