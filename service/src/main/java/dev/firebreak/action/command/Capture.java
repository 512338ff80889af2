package dev.firebreak.action.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Reads a pipe to its end, so that the program never stands still, and keeps the beginning. Someone
 * who holds the other end open holds only the thread. Thread-safe.
 */
final class Capture {
  private final int max;
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long dropped;

  Capture(InputStream pipe, int max, Executor blocking) {
    this.max = max;
    blocking.execute(() -> drain(pipe));
  }

  private void drain(InputStream pipe) {
    byte[] chunk = new byte[16 * 1024];
    try (pipe) {
      for (int read = pipe.read(chunk); read >= 0; read = pipe.read(chunk)) {
        keep(chunk, read);
      }
    } catch (IOException e) {
      end.complete(false); // the pipe is gone: what was kept is what there is
    }
    end.complete(true);
  }

  private synchronized void keep(byte[] chunk, int read) {
    int room = Math.min(read, max - kept.size());
    kept.write(chunk, 0, room);
    dropped += read - room;
  }

  /** Completes at the end of the pipe. */
  CompletableFuture<Boolean> end() {
    return end;
  }

  synchronized byte[] bytes() {
    return kept.toByteArray();
  }

  synchronized long dropped() {
    return dropped;
  }
}
