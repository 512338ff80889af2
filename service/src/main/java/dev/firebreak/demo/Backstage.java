package dev.firebreak.demo;

import dev.firebreak.run.RunListener;
import java.io.PrintStream;
import java.nio.file.Path;

/** Starts the service in this process, as {@code firebreak server} would. */
public interface Backstage {
  /**
   * Starts it and returns when it listens.
   *
   * @param config the configuration file
   * @param console where its channel of type {@code console} prints
   * @param listener told of everything that is put on record
   */
  House start(Path config, PrintStream console, RunListener listener) throws Exception;

  /** The service, running. */
  interface House {
    /** Makes a token with the role approver and returns what its owner presents. */
    String approverToken(String person);

    /** Stops it, and waits for what is at work. Safe to call twice. */
    void stop();
  }
}
