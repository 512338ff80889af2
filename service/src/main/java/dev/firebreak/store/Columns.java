package dev.firebreak.store;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jspecify.annotations.Nullable;

/** How values stand in columns: the same on every database. */
final class Columns {
  /** Columns hold UTC; the session's time zone never matters. */
  static final ColumnMapper<@Nullable Instant> INSTANT =
      (rows, column, context) -> {
        OffsetDateTime at = rows.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
      };

  private Columns() {}

  /** Text as every database can hold it: PostgreSQL knows no NUL. */
  static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  /** Times, to the microsecond. */
  static final class Instants extends AbstractArgumentFactory<Instant> {
    Instants() {
      super(Types.TIMESTAMP_WITH_TIMEZONE);
    }

    @Override
    protected Argument build(Instant value, ConfigRegistry config) {
      OffsetDateTime at = value.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
      return (position, statement, context) -> statement.setObject(position, at);
    }
  }

  /** Texts. */
  static final class Texts extends AbstractArgumentFactory<String> {
    Texts() {
      super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String value, ConfigRegistry config) {
      String kept = storable(value);
      return (position, statement, context) -> statement.setString(position, kept);
    }
  }
}
