package dev.firebreak.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip with one H2 database in it.
 *
 * @param path of the zip
 */
record BackupFile(Path path) {
  /**
   * Reads all of it, so that every checksum in it is compared.
   *
   * @return its SHA-256, hex
   * @throws IOException when it is no whole backup
   */
  String check() throws IOException {
    extract(OutputStream.nullOutputStream());
    try (InputStream in = Files.newInputStream(path);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Writes the database file that is in it. */
  void extract(OutputStream out) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      List<? extends ZipEntry> databases =
          zip.stream().filter(entry -> entry.getName().endsWith(".mv.db")).toList();
      if (databases.size() != 1) {
        throw new ZipException("it holds " + databases.size() + " databases instead of one");
      }
      ZipEntry entry = databases.getFirst();
      try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
        long bytes = in.transferTo(out);
        // ZipFile leaves this to its caller.
        if (bytes != entry.getSize() || in.getChecksum().getValue() != entry.getCrc()) {
          throw new ZipException("its checksum is wrong");
        }
      }
    }
  }

  /** Makes a file, or the names in a folder, survive a loss of power. */
  void flush() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
