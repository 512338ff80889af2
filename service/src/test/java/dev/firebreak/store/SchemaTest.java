package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory databases are made without Liquibase, of the same files: the result must be the same. */
class SchemaTest {
  @TempDir Path folder;

  @Test
  void memoryAndFile_haveTheSameTables() throws SQLException {
    Source file = Source.of(DatabaseSettings.h2(folder.resolve("db")), folder, Opened.NO_SECRETS);
    Source memory = Source.inMemory("schema");
    assertThat(file.prepare()).isEqualTo(memory.prepare()).isNotEmpty();
    assertThat(file.prepare()).as("applied twice").isEmpty();
    assertThat(shape(memory)).isEqualTo(shape(file)).hasSizeGreaterThan(100);
    file.shutDown();
    memory.shutDown();
  }

  private static Set<String> shape(Source source) throws SQLException {
    Set<String> shape = new TreeSet<>();
    for (String sql :
        new String[] {
          """
          SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
          FROM information_schema.columns WHERE table_schema = 'PUBLIC'
          """,
          """
          SELECT table_name || ' ' || index_name FROM information_schema.indexes
          WHERE table_schema = 'PUBLIC' AND index_name NOT LIKE '%CONSTRAINT%'
            AND index_name NOT LIKE 'PRIMARY%'
          """,
          """
          SELECT table_name || ' ' || constraint_type FROM information_schema.table_constraints
          WHERE table_schema = 'PUBLIC'
          """,
          "SELECT trigger_name FROM information_schema.triggers"
        }) {
      try (Connection connection = source.connections().getConnection();
          ResultSet rows = connection.createStatement().executeQuery(sql)) {
        while (rows.next()) {
          if (!rows.getString(1).startsWith("DATABASECHANGELOG")) {
            shape.add(rows.getString(1));
          }
        }
      }
    }
    return shape;
  }
}
