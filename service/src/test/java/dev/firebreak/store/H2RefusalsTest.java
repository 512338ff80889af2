package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.StoreUnavailable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that cannot be used is refused in one line that says what to do, and left as it is. */
class H2RefusalsTest {
  private static final int KEYS = 50;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("data/firebreak.mv.db");
  }

  private void open() {
    Opened.file(folder.resolve("data/firebreak")).close();
  }

  private AbstractStringAssert<?> refusal() {
    return assertThatThrownBy(this::open)
        .isInstanceOf(StoreUnavailable.class)
        .message()
        .hasLineCount(1)
        .startsWith("database " + file() + ": ");
  }

  @Test
  void fileThatIsGone_isMissed_untilItsMarkerIsRemoved() throws IOException {
    open();
    Files.move(file(), folder.resolve("elsewhere"));
    Path marker = folder.resolve("data/firebreak.expected");
    refusal().contains("is missing").contains("remove " + marker);
    assertThat(file()).doesNotExist();
    Files.delete(marker);
    assertThatCode(this::open).doesNotThrowAnyException();
  }

  @Test
  void fileThatBecameEmpty_isNotBegunAnew() throws IOException {
    open();
    Files.write(file(), new byte[0]);
    refusal().contains("is empty, though it was not before");
    assertThat(file()).isEmptyFile();
  }

  @Test
  void databaseOfAnotherProgram_isRefusedAndLeftAlone() throws SQLException {
    try (Connection connection = other("firebreak");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE customer (id INT)");
    }
    refusal().contains("the database of another program").contains("database.path");
    try (Connection connection = other("firebreak");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("TABLE incident"))
          .hasMessageContaining("INCIDENT");
    }
  }

  @Test
  void databaseOfAnotherUser_isRefused() throws SQLException {
    other("somebody").close();
    refusal().contains("the database of another program");
  }

  private Connection other(String user) throws SQLException {
    String url = "jdbc:h2:file:" + folder.resolve("data/firebreak") + ";MODE=PostgreSQL";
    return DriverManager.getConnection(url, user, "");
  }

  @Test
  void firstStartThatWasKilledInTheMiddle_isTakenUp() throws SQLException {
    try (Connection connection = other("firebreak");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE token (id VARCHAR(200) PRIMARY KEY, name VARCHAR)");
      statement.execute("DROP TABLE token");
      statement.execute("CREATE TABLE change_order (name VARCHAR(200) PRIMARY KEY)");
    }
    assertThatCode(this::open).doesNotThrowAnyException();
  }

  @Test
  void folderInPlaceOfTheFile_isRefused() throws IOException {
    Files.createDirectories(file());
    refusal().contains("is a folder");
  }

  @Test
  void fileInPlaceOfTheFolder_isRefused() throws IOException {
    Files.writeString(folder.resolve("data"), "x");
    refusal().contains("its folder cannot be made").contains("check data or database.path");
  }

  /** Nobody, also not root, makes files there. */
  @Test
  void folderThatCannotBeWritten_isRefused() {
    assertThatThrownBy(() -> Opened.file(Path.of("/proc/self/fdinfo/firebreak")))
        .isInstanceOf(StoreUnavailable.class)
        .message()
        .hasLineCount(1)
        .contains("/proc/self/fdinfo/firebreak.mv.db: its folder cannot be");
  }

  @Test
  void fileCutInHalf_isRefused() throws IOException {
    fill();
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      raw.setLength(raw.length() / 2);
    }
    refusal().contains("is damaged").contains("restore the last backup");
  }

  @Test
  void fileWhoseHeadIsGone_isRefused() throws IOException {
    fill();
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      raw.write(new byte[12 << 10]);
    }
    refusal().contains("is damaged").contains("restore the last backup");
  }

  @Test
  void fileOfAFewBytes_isRefused() throws IOException {
    fill();
    Files.writeString(file(), "this is no database");
    refusal().contains("is damaged").contains("restore the last backup");
    assertThat(file()).hasContent("this is no database");
  }

  /** Wherever the damage is, it is said: nothing is lost in silence. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void damageAnywhere_opensOrIsRefused(int seed) throws IOException {
    fill();
    Random random = new Random(seed);
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      byte[] noise = new byte[1 << random.nextInt(4, 15)];
      random.nextBytes(noise);
      raw.seek(random.nextLong(raw.length()));
      raw.write(noise);
    }
    try (Database database = Opened.file(folder.resolve("data/firebreak"))) {
      for (int i = 0; i < KEYS; i++) {
        assertThat(isThere(database, key(i))).isTrue();
      }
    } catch (StoreUnavailable e) {
      assertThat(e).message().hasLineCount(1);
    } catch (RuntimeException e) {
      assertThat(e).as("H2 keeps no checksum of values").isInstanceOf(IllegalStateException.class);
    }
  }

  private static boolean isThere(Database database, String key) {
    return database
        .ledger()
        .<Boolean>read(tx -> database.incidents().openByKey(tx, key).isPresent());
  }

  private static String key(int i) {
    return "key " + i + "x".repeat(10_000);
  }

  private void fill() {
    try (Database database = Opened.file(folder.resolve("data/firebreak"))) {
      for (int i = 0; i < KEYS; i++) {
        String key = key(i);
        database
            .ledger()
            .commit(
                tx -> {
                  database.incidents().add(tx, Samples.incident(key));
                  return key;
                })
            .join();
      }
    }
  }

  /** H2's own log would hold the statement and its values. */
  @Test
  void statementThatFails_leavesNoLogOfItsValues() throws IOException {
    try (Database database = Opened.file(folder.resolve("data/firebreak"))) {
      var failed =
          database
              .ledger()
              .commit(tx -> database.runs().find(tx, "x").isPresent() || tooLong(database, tx));
      assertThat(failed.handle((ok, fault) -> fault != null).join()).isTrue();
    }
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .containsExactlyInAnyOrder("firebreak.mv.db", "firebreak.expected");
    }
  }

  private static boolean tooLong(Database database, dev.firebreak.core.Tx tx) {
    database.runbookVersions().keep(tx, "hunter2".repeat(40), "name", "source", Samples.AT);
    return true;
  }
}
