package dev.firebreak.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertTimesTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-22T03:59:00.084999Z, 2026-11-22T03:59:00.084Z",
    "2016-08-01T13:27:08.008+03:00, 2016-08-01T10:27:08.008Z",
    "2015-02-23T08:50:03.000+0000, 2015-02-23T08:50:03Z",
    "2023-02-06 18:07:43.733, 2023-02-06T18:07:43.733Z",
    "1499368214, 2017-07-06T19:10:14Z",
    "1499368214000, 2017-07-06T19:10:14Z",
    "1499368214000000000, 2017-07-06T19:10:14Z",
  })
  void parse_timeOfASender_isThatInstant(String text, String expected) {
    assertThat(AlertTimes.parse("startsAt", text)).isEqualTo(Instant.parse(expected));
  }

  @Test
  void parse_number_isSecondsOrMillisBySize() {
    Instant expected = Instant.parse("2026-11-22T04:09:58.296Z");
    assertThat(AlertTimes.parse("t", 1795320598296L)).isEqualTo(expected);
    assertThat(AlertTimes.parse("t", 1795320598.2964)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"})
  void parse_goZeroTimeOrNothing_isNull(String text) {
    assertThat(AlertTimes.parse("endsAt", text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "1969-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "-5",
        "2026-11-22",
        "99999999999999999999999"
      })
  void parse_noTimeBetween1970And9999_isAFaultThatNamesTheField(String text) {
    assertThatThrownBy(() -> AlertTimes.parse("startsAt", text))
        .isInstanceOf(AlertFault.class)
        .hasMessageContaining("startsAt");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e300, Double.NaN, -1e17, Double.POSITIVE_INFINITY})
  void parse_absurdNumber_isAFault(double number) {
    assertThatThrownBy(() -> AlertTimes.parse("startsAt", number)).isInstanceOf(AlertFault.class);
  }
}
