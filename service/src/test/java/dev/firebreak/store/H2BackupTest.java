package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.guard.Automation;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a database in use, and what comes up from them. */
class H2BackupTest {
  private static final int IN_FLIGHT = 32;

  @TempDir Path folder;

  private DatabaseSettings at(String name) {
    return DatabaseSettings.h2(folder.resolve(name).resolve("firebreak"));
  }

  private Restoration.Restored restore(Path backup, String name) {
    return Restoration.run(at(name), folder, Opened.NO_SECRETS, backup, Samples.AT);
  }

  @Test
  void backupUnderLoad_holdsAllThatWasAcknowledgedBefore() throws InterruptedException {
    ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    Path zip = folder.resolve("b.zip");
    List<String> before;
    try (Database database = Opened.of(at("one"))) {
      AtomicBoolean over = new AtomicBoolean();
      Thread load = Thread.ofPlatform().start(() -> write(database, acknowledged, over));
      while (acknowledged.size() < 3_000) {
        Thread.onSpinWait();
      }
      before = List.copyOf(acknowledged);
      Backups.Made made = database.backups().take(zip);
      assertThat(made.bytes()).isPositive();
      assertThat(made.sha256()).hasSize(64);
      int during = acknowledged.size() - before.size();
      assertThat(during).as("acknowledged while the backup was made").isPositive();
      over.set(true);
      load.join();
    }
    restore(zip, "two");
    try (Database copy = Opened.of(at("two"))) {
      assertThat(before).allMatch(key -> isThere(copy, key));
      assertThat(copy.audit().run().faults()).isEmpty();
    }
  }

  private static void write(
      Database database, ConcurrentLinkedQueue<String> acknowledged, AtomicBoolean over) {
    Semaphore free = new Semaphore(IN_FLIGHT);
    for (int i = 0; !over.get(); i++) {
      free.acquireUninterruptibly();
      Incident incident = Samples.incident("key " + i + "x".repeat(2_000));
      database
          .ledger()
          .commit(
              tx -> {
                database.incidents().add(tx, incident);
                return incident.key();
              })
          .whenComplete(
              (key, fault) -> {
                acknowledged.add(key);
                free.release();
              });
    }
    free.acquireUninterruptibly(IN_FLIGHT);
  }

  private static boolean isThere(Database database, String key) {
    return database
        .ledger()
        .<Boolean>read(tx -> database.incidents().openByKey(tx, key).isPresent());
  }

  @Test
  void restoredDatabase_isPausedAndHalted_andSaysSoOnTheRecord() {
    Incident incident = Samples.incident("redis/cache-1");
    Run run = Samples.run(incident.id());
    Path zip = backupOf(incident, run);
    assertThat(restore(zip, "two").paused()).isEqualTo(1);
    try (Database copy = Opened.of(at("two"))) {
      Automation automation = copy.ledger().read(copy.automation()::read);
      assertThat(automation.mode()).isEqualTo(Automation.Mode.OFF);
      assertThat(automation.by()).isEqualTo(Restoration.RESTORE.asText());
      assertThat(automation.reason()).contains("b.zip");
      Run restored = copy.ledger().read(tx -> copy.runs().find(tx, run.id())).orElseThrow();
      assertThat(restored.control().paused()).isTrue();
      assertThat(restored.epoch()).isGreaterThan(run.epoch());
      List<JournalEntry> record =
          copy.ledger().read(tx -> copy.journal().read(tx, incident.id(), 0, 10));
      assertThat(record)
          .singleElement()
          .satisfies(entry -> assertThat(entry.kind()).isEqualTo("run.paused"))
          .satisfies(entry -> assertThat(entry.text()).contains("until a human resumes it"));
    }
  }

  private Path backupOf(Incident incident, Run run) {
    Path zip = folder.resolve("b.zip");
    try (Database database = Opened.of(at("one"))) {
      database
          .ledger()
          .commit(
              tx -> {
                database.incidents().add(tx, incident);
                database.runs().add(tx, run, "node-1");
                return true;
              })
          .join();
      database.backups().take(zip);
    }
    return zip;
  }

  @Test
  void databaseThatIsThere_isNotRestoredOver() {
    Path zip = backupOf(Samples.incident("a"), Samples.run("inc_a"));
    assertThatThrownBy(() -> restore(zip, "one"))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("is there already");
  }

  /** A missing database is what backups are for: its marker is no hindrance. */
  @Test
  void databaseThatIsMissed_isRestored() throws IOException {
    Path zip = backupOf(Samples.incident("a"), Samples.run("inc_a"));
    Files.delete(folder.resolve("one/firebreak.mv.db"));
    Path file = restore(zip, "one").file();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void fileThatIsNoBackup_isRefused_andNothingIsLeft() throws IOException {
    Path zip = Files.writeString(folder.resolve("no.zip"), "this is no zip");
    refused(zip, "it is no whole backup");
    refused(folder.resolve("nowhere.zip"), "there is no ");
  }

  @Test
  void backupThatWasCutOrChanged_isRefused_andNothingIsLeft() throws IOException {
    Path zip = backupOf(Samples.incident("a"), Samples.run("inc_a"));
    byte[] whole = Files.readAllBytes(zip);
    Path cut = folder.resolve("cut.zip");
    Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 2));
    refused(cut, "it is no whole backup");
    Path other = folder.resolve("changed.zip");
    for (int at = 100; at < whole.length - 200; at += whole.length / 20) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(other, changed);
      if (!inside(changed).equals(inside(whole))) {
        refused(other, "nothing was restored from " + other);
      }
    }
  }

  /** What a backup holds; a bit of the date of a file in it may change without harm. */
  private static Map<String, String> inside(byte[] zip) {
    Map<String, String> entries = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), HexFormat.of().formatHex(in.readAllBytes()));
      }
    } catch (IOException | IllegalArgumentException e) {
      entries.put("damaged", String.valueOf(e.getMessage()));
    }
    return entries;
  }

  private void refused(Path backup, String why) throws IOException {
    assertThatThrownBy(() -> restore(backup, "two"))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining(why)
        .message()
        .hasLineCount(1);
    try (Stream<Path> left = Files.list(folder.resolve("two"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void backupOverAFile_orOfADatabaseInMemory_isRefused() throws IOException {
    Path there = Files.writeString(folder.resolve("there.zip"), "precious");
    try (Database database = Opened.of(at("one"))) {
      assertThatThrownBy(() -> database.backups().take(there))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("is there already");
    }
    assertThat(there).hasContent("precious");
    try (Database memory = Database.inMemory("no-backup")) {
      assertThatThrownBy(() -> memory.backups().take(folder.resolve("m.zip")))
          .isInstanceOf(StoreUnavailable.class);
    }
  }
}
