package dev.firebreak.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The migrations as they stand in the files that Liquibase applies. */
final class Changelog {
  static final String FOLDER = "dev/firebreak/store/migrations/";
  static final String ROOT = FOLDER + "changelog.yml";

  private static final Pattern INCLUDE = Pattern.compile("file:\\s*([\\w.-]+\\.sql)");
  private static final Pattern CHANGESET =
      Pattern.compile("--changeset \\w+:(?<id>\\S+)(?:\\s+dbms:(?<dbms>\\w+))?.*");

  private static final Pattern TABLE = Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+)");

  private Changelog() {}

  /**
   * One change.
   *
   * @param id unique among all files
   * @param product the only database it is for, empty for every one
   * @param sql its statements
   */
  record Change(String id, String product, String sql) {
    boolean appliesTo(Dialect dialect) {
      return product.isEmpty() || product.equals(dialect.product());
    }

    /** Its statements for this database, one by one. */
    List<String> statements(Dialect dialect) {
      String filled = sql;
      for (Map.Entry<String, String> type : dialect.types().entrySet()) {
        filled = filled.replace("${" + type.getKey() + "}", type.getValue());
      }
      List<String> statements = new ArrayList<>();
      for (String statement : filled.split(";\\s*\\n", -1)) {
        if (!statement.isBlank()) {
          statements.add(statement.strip());
        }
      }
      return statements;
    }
  }

  /** All changes for a database, in order. */
  static List<Change> changes(Dialect dialect) {
    List<Change> changes = new ArrayList<>();
    Matcher include = INCLUDE.matcher(text(ROOT));
    while (include.find()) {
      changes.addAll(parse(text(FOLDER + include.group(1))));
    }
    return changes.stream().filter(change -> change.appliesTo(dialect)).toList();
  }

  /** The names of all tables for a database, in the order they are made. */
  static Set<String> tables(Dialect dialect) {
    Set<String> names = new LinkedHashSet<>();
    for (Change change : changes(dialect)) {
      TABLE.matcher(change.sql()).results().forEach(it -> names.add(it.group(1)));
    }
    return names;
  }

  private static List<Change> parse(String file) {
    List<Change> changes = new ArrayList<>();
    Matcher head = CHANGESET.matcher(file);
    boolean more = head.find();
    while (more) {
      String id = head.group("id");
      String product = head.group("dbms") == null ? "" : head.group("dbms");
      int begin = head.end();
      more = head.find();
      String sql = file.substring(begin, more ? head.start() : file.length());
      changes.add(new Change(id, product, sql.replaceAll("(?m)^--.*$", "") + "\n"));
    }
    return changes;
  }

  private static String text(String resource) {
    try (InputStream in = Changelog.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
