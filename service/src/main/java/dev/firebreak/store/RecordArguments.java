package dev.firebreak.store;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.NamedArgumentFinder;
import org.jdbi.v3.core.statement.StatementContext;

/** The components of one record, as arguments of a statement. */
final class RecordArguments implements NamedArgumentFinder {
  private static final Map<Class<?>, Map<String, Part>> KNOWN = new ConcurrentHashMap<>();

  private final Record record;
  private final Map<String, Part> parts;

  private RecordArguments(Record record, Map<String, Part> parts) {
    this.record = record;
    this.parts = parts;
  }

  static RecordArguments of(Record record) {
    return new RecordArguments(
        record, KNOWN.computeIfAbsent(record.getClass(), RecordArguments::parts));
  }

  private static Map<String, Part> parts(Class<?> type) {
    Map<String, Part> parts = new HashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Columns.writer(component.getType())
          .ifPresent(
              writer -> {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                parts.put(component.getName(), new Part(accessor, writer));
              });
    }
    return Map.copyOf(parts);
  }

  @Override
  public Optional<Argument> find(String name, StatementContext context) {
    Part part = parts.get(name);
    return part == null ? Optional.empty() : Optional.of(part.of(record));
  }

  @Override
  public Collection<String> getNames() {
    return parts.keySet();
  }

  /** One component. */
  private record Part(Method accessor, Columns.Writer writer) {
    Argument of(Record record) {
      try {
        Object value = accessor.invoke(record);
        return (position, statement, context) -> writer.write(statement, position, value);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record cannot be read", e);
      }
    }
  }
}
