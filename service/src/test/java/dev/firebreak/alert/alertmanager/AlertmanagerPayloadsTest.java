package dev.firebreak.alert.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.alert.Headers;
import dev.firebreak.alert.Parsed;
import dev.firebreak.alert.ParsedText;
import dev.firebreak.fixtures.Payloads;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every body a real Alertmanager sent, against what it is expected to say. */
class AlertmanagerPayloadsTest {
  private static Stream<Arguments> bodies() {
    Stream<Arguments> ours =
        Stream.of("alertmanager", "alertmanager-captured")
            .flatMap(folder -> Payloads.names(folder).stream().map(n -> Arguments.of(folder, n)));
    return Stream.concat(ours, Stream.of(Arguments.of("grafana", "5_unified_test_alert.json")));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void parse_realBody_saysWhatIsExpected(String folder, String name) {
    Parsed parsed =
        new AlertmanagerParser("am", 5000)
            .parse(Payloads.of(folder, name), Headers.NONE, Instant.EPOCH);

    assertThat(ParsedText.of(parsed)).isEqualTo(ParsedText.read(Payloads.expected(folder, name)));
  }
}
