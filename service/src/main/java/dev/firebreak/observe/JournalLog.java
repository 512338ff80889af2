package dev.firebreak.observe;

import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.RunListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every line of the record to the log, with its ids where a search finds them. */
public final class JournalLog implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger("dev.firebreak.journal");

  @Override
  public void recorded(JournalEntry entry) {
    try (LogContext context = LogContext.of(entry)) {
      LOG.info("{} {}: {}", entry.kind(), entry.actor(), context.clean(entry.text()));
    }
  }
}
