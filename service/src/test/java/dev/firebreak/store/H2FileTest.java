package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.run.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Random;
import org.h2.mvstore.DataUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 database in a file: what is particular to files. */
class H2FileTest {
  @TempDir Path folder;

  private Database open() {
    return Opened.file(folder.resolve("data/firebreak"));
  }

  private Path file() {
    return folder.resolve("data/firebreak.mv.db");
  }

  @Test
  void whatWasCommitted_isThereAfterReopening() throws IOException {
    Incident incident = Samples.incident("redis/cache-1");
    try (Database database = open()) {
      database
          .ledger()
          .commit(
              tx -> {
                database.incidents().add(tx, incident);
                return true;
              })
          .join();
    }
    try (Database database = open()) {
      Optional<Incident> found =
          database.ledger().read(tx -> database.incidents().find(tx, incident.id()));
      assertThat(found).contains(incident);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void fileAfterAStop_isForNobodyElse() throws Exception {
    Database database = open();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    database.close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  /** H2 keeps the lock of a file over which it stumbled, and then meets it itself. */
  @Test
  void damageAnywhere_isNeverTakenForAnotherProcess() throws IOException {
    try (Database database = open()) {
      for (int i = 0; i < 20; i++) {
        add(database, Samples.incident("key " + i));
      }
    }
    byte[] whole = Files.readAllBytes(file());
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      byte[] damaged = whole.clone();
      for (int i = 0; i < 40; i++) {
        damaged[8192 + random.nextInt(whole.length - 8192)] ^= (byte) (1 << random.nextInt(8));
      }
      Path copy = folder.resolve("damaged-" + seed);
      Files.write(Path.of(copy + ".mv.db"), damaged);
      try {
        Opened.file(copy).close();
      } catch (StoreUnavailable e) {
        assertThat(e).as("seed %s", seed).hasMessageNotContaining("in use");
      }
    }
  }

  @Test
  void damageThatIsMetLater_isSaidWithWhatToDo() {
    SQLException met =
        new SQLException(
            "General error: " + "chunk:1,block:2,".repeat(100),
            "HY000",
            50000,
            DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "page"));
    assertThat(Faults.ofWork(met)).hasMessageContaining("restore the last backup");
    assertThat(Faults.ofGroup(met)).hasMessageContaining("restore the last backup");
    assertThat(Faults.ofWork(met).getMessage()).hasSizeLessThan(500);
  }

  @Test
  void databaseOfANewerFirebreak_isRefused() throws Exception {
    open().close();
    String url = "jdbc:h2:file:" + folder.resolve("data/firebreak") + ";MODE=PostgreSQL";
    try (Connection connection = DriverManager.getConnection(url, "firebreak", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)
          VALUES ('9999-future', 'x', 'x', NOW(), 99, 'EXECUTED')
          """);
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("newer Firebreak")
        .hasMessageContaining("9999-future")
        .hasMessageContaining(file().toString());
  }

  @Test
  void foreignFile_isRefusedWithWhatToDo() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "this is no database\n".repeat(1_000));
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("is damaged or no Firebreak database")
        .hasMessageContaining(file().toString())
        .message()
        .hasLineCount(1);
    assertThat(Files.readString(file())).startsWith("this is no database");
  }

  /**
   * A copy of the open file is what a kill leaves behind. H2 alone loses commits here as soon as a
   * commit stands in a hole of the file instead of at its end.
   */
  @Test
  void copyTakenAfterAnyCommit_holdsThatCommit() throws IOException, SQLException {
    Random sizes = new Random(4);
    try (Database database = open()) {
      reuseSpaceAtOnce();
      for (int commit = 0; commit < 60; commit++) {
        String key = "key " + commit + "x".repeat(sizes.nextInt(60_000));
        add(database, Samples.incident(key));
        if (commit >= 40) {
          Path copy = folder.resolve("copy-" + commit);
          Files.copy(file(), Path.of(copy + ".mv.db"));
          try (Database killed = Opened.file(copy)) {
            assertThat(isThere(killed, key)).as("commit %s", commit).isTrue();
          }
        }
      }
    }
  }

  /** Else the holes of a file are left alone for 45 seconds. */
  private void reuseSpaceAtOnce() throws SQLException {
    String url = "jdbc:h2:file:" + folder.resolve("data/firebreak");
    try (Connection connection = DriverManager.getConnection(url, "firebreak", "");
        Statement statement = connection.createStatement()) {
      statement.execute("SET RETENTION_TIME 0");
      // Nobody writes while the copy is taken.
      statement.execute("SET WRITE_DELAY 0");
    }
  }

  private static boolean isThere(Database database, String key) {
    return database
        .ledger()
        .<Boolean>read(tx -> database.incidents().openByKey(tx, key).isPresent());
  }

  private static void add(Database database, Incident incident) {
    assertThat(
            database
                .ledger()
                .commit(
                    tx -> {
                      database.incidents().add(tx, incident);
                      return true;
                    })
                .join())
        .isTrue();
  }
}
