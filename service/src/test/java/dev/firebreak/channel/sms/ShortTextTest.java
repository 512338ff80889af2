package dev.firebreak.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.channel.Notice;
import org.junit.jupiter.api.Test;

class ShortTextTest {
  private static final String LINK = "https://firebreak.example.com/incidents/inc_01J8ZC";

  @Test
  void segments_areCountedByAlphabet() {
    assertThat(ShortText.segments("a".repeat(160))).isEqualTo(1);
    assertThat(ShortText.segments("a".repeat(161))).isEqualTo(2);
    assertThat(ShortText.segments("a".repeat(306))).isEqualTo(2);
    assertThat(ShortText.segments("€".repeat(80))).isEqualTo(1);
    assertThat(ShortText.segments("€".repeat(81))).isEqualTo(2);
    assertThat(ShortText.segments("ж".repeat(70))).isEqualTo(1);
    assertThat(ShortText.segments("ж".repeat(71))).isEqualTo(2);
    assertThat(ShortText.segments("ж".repeat(134))).isEqualTo(2);
    assertThat(ShortText.segments("ж".repeat(135))).isEqualTo(3);
  }

  @Test
  void text_thatFits_isWhole() {
    assertThat(of("Redis down", "cache-1 refuses", LINK, 3))
        .isEqualTo("Redis down\ncache-1 refuses\n" + LINK);
  }

  @Test
  void text_thatIsTooLong_losesItsEndAndNeverItsLink() {
    for (String letter : new String[] {"x", "€", "ж", "😀"}) {
      for (int segments = 1; segments <= 10; segments++) {
        String text = of("Redis down", letter.repeat(3_000), LINK, segments);
        assertThat(ShortText.segments(text)).isLessThanOrEqualTo(segments);
        assertThat(text)
            .hasSizeLessThanOrEqualTo(ShortText.MAX_BODY)
            .startsWith("Redis")
            .endsWith("\n" + LINK);
        assertThat(text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF)).isTrue();
      }
    }
  }

  @Test
  void text_usesItsRoom_andStaysInTheWideAlphabetWhereItCan() {
    String text = of("a – b", "“quoted” … ".repeat(200), LINK, 2);

    assertThat(text).startsWith("a - b\n\"quoted\" ...").hasSizeGreaterThan(295);
  }

  @Test
  void link_longerThanTheRoom_leavesTheWords() {
    assertThat(of("Redis down", "x", "https://fb/" + "y".repeat(1_500), 1))
        .isEqualTo("Redis down\nx");
  }

  private static String of(String subject, String text, String link, int segments) {
    return ShortText.of(new Notice("k", "inc_1", subject, text, link), segments);
  }
}
