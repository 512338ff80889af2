package dev.firebreak.store;

import java.util.List;
import org.junit.jupiter.api.AfterAll;

class PostgresLimitRaceIT extends LimitRaceContract {
  private static final Database OTHER = Opened.of(Databases.settings("postgres"));

  @AfterAll
  static void close() {
    OTHER.close();
  }

  @Override
  List<Database> nodes() {
    return List.of(Databases.postgresql(), OTHER);
  }
}
