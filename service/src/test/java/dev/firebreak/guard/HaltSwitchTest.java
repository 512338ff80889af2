package dev.firebreak.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaltSwitchTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Automation ON =
      new Automation(Automation.Mode.ON, "first start", "system", NOW, null);

  @TempDir Path folder;

  private static Automation off(@Nullable Instant until) {
    return new Automation(Automation.Mode.OFF, "stop", "ana", NOW, until);
  }

  @Test
  void engaged_outlivesTheProcess_untilItIsLifted() {
    Path file = folder.resolve("deep/HALT");
    new HaltSwitch(file).engage(off(null));
    HaltSwitch afterRestart = new HaltSwitch(file);
    assertThat(afterRestart.strictest(ON, NOW).mode()).isEqualTo(Automation.Mode.OFF);
    afterRestart.lift();
    assertThat(afterRestart.strictest(ON, NOW).mode()).isEqualTo(Automation.Mode.ON);
  }

  @Test
  void fileThatAnybodyTouched_halts() throws IOException {
    Path file = Files.createFile(folder.resolve("HALT"));
    Automation inForce = new HaltSwitch(file).strictest(ON, NOW);
    assertThat(inForce.mode()).isEqualTo(Automation.Mode.OFF);
    assertThat(inForce.reason()).contains("HALT");
  }

  @Test
  void engagedWithAnEnd_endsThen_andNotBefore() {
    HaltSwitch halt = new HaltSwitch(folder.resolve("HALT"));
    Automation stored = off(NOW.plusSeconds(60));
    halt.engage(stored);
    assertThat(halt.strictest(stored, NOW.plusSeconds(59)).mode()).isEqualTo(Automation.Mode.OFF);
    assertThat(halt.strictest(stored, NOW.plusSeconds(60)).mode()).isEqualTo(Automation.Mode.ON);
  }

  @Test
  void databaseSaysOff_fileDoesNot_offCounts() {
    HaltSwitch halt = new HaltSwitch(folder.resolve("HALT"));
    assertThat(halt.strictest(off(null), NOW).mode()).isEqualTo(Automation.Mode.OFF);
  }

  @Test
  void fileThatCannotBeWritten_haltsThisProcessAllTheSame() throws IOException {
    Path notAFolder = Files.createFile(folder.resolve("file"));
    HaltSwitch halt = new HaltSwitch(notAFolder.resolve("HALT"));
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> halt.engage(off(null))))
        .hasMessageContaining("halted all the same");
    assertThat(halt.strictest(ON, NOW).mode()).isEqualTo(Automation.Mode.OFF);
  }

  @Test
  void orderThatWasLiftedElsewhere_isLiftedHere_alsoAfterARestart() {
    Path file = folder.resolve("HALT");
    Automation order = off(null);
    HaltSwitch halt = new HaltSwitch(file);
    halt.engage(order);
    halt.liftOrdered(List.of(ON));
    assertThat(halt.halted(NOW)).as("nobody lifted it").isPresent();
    HaltSwitch afterRestart = new HaltSwitch(file);
    afterRestart.liftOrdered(List.of(order));
    assertThat(afterRestart.halted(NOW)).isEmpty();
    halt.liftOrdered(List.of(order));
    assertThat(halt.halted(NOW)).isEmpty();
  }

  @Test
  void fileOfAPerson_staysWhateverWasLiftedElsewhere() throws IOException {
    Path file = Files.writeString(folder.resolve("HALT"), "stop it");
    HaltSwitch halt = new HaltSwitch(file);
    halt.liftOrdered(List.of(off(null)));
    assertThat(halt.halted(NOW)).isPresent();
  }
}
