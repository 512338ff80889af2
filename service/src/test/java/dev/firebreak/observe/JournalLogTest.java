package dev.firebreak.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.firebreak.run.JournalEntry;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class JournalLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.firebreak.journal");
  private final ListAppender<ILoggingEvent> lines =
      new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
          event.prepareForDeferredProcessing(); // else it is asked for its ids when they are gone
          super.append(event);
        }
      };

  @Test
  void entry_isOneLine_withItsIds_andLeavesNoneBehind() {
    Level before = logger.getLevel();
    logger.setLevel(Level.INFO);
    lines.start();
    logger.addAppender(lines);
    try {
      new JournalLog()
          .recorded(
              new JournalEntry(
                  "inc_1",
                  1,
                  Instant.EPOCH,
                  "person:ana",
                  "note.added",
                  "run_1",
                  null,
                  "two\r\nINFO forged line",
                  "{}",
                  "h"));
    } finally {
      logger.detachAppender(lines);
      logger.setLevel(before);
    }
    assertThat(lines.list).hasSize(1);
    ILoggingEvent line = lines.list.getFirst();
    assertThat(line.getFormattedMessage())
        .isEqualTo("note.added person:ana: two  INFO forged line");
    assertThat(line.getMDCPropertyMap())
        .containsExactlyInAnyOrderEntriesOf(Map.of("incident", "inc_1", "run", "run_1"));
    assertThat(MDC.get("run")).isNull();
  }
}
