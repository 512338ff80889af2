package dev.firebreak.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void of_labelsAlertmanagerHashed_isItsFingerprint() {
    assertThat(Fingerprint.of(Map.of("instance", "db1", "alertname", "HaTest")))
        .isEqualTo("86a8e0876b3f7435");
  }
}
