package dev.firebreak.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MarkupTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "plain words, 12:30, cache-1.example.com ¦ plain words, 12:30, cache-1.example.com",
        "[x](javascript:alert(1)) ¦ \\[x\\](javascript:alert(1))",
        "<img src=x onerror=y> ¦ \\<img src=x onerror=y\\>",
        "http://evil.example ¦ http:\\//evil.example",
        "www.evil.example ¦ www\\.evil.example",
        "@channel ¦ \\@channel",
        "<!here> ¦ \\<\\!here\\>",
        "# title ¦ \\# title",
        "- item ¦ \\- item",
        "12. item ¦ 12\\. item",
        "12) item ¦ 12\\) item",
        "3. ¦ 3\\.",
        "127.0.0.1:6379 ¦ 127.0.0.1:6379",
        "0.95 of 1.0 ¦ 0.95 of 1.0",
        "node_cpu_total, _i_ ¦ node_cpu_total, \\_i\\_",
        "-5 degrees ¦ -5 degrees",
        "+ item ¦ \\+ item",
        "--- ¦ \\---",
        "[~admin] ¦ \\[\\~admin\\]",
        "`code` **b** _i_ ¦ \\`code\\` \\*\\*b\\*\\* \\_i\\_",
        "a\\b ¦ a\\\\b",
        "=cmd|x ¦ \\=cmd\\|x"
      })
  void value_inMarkdown_isInert(String given, String expected) {
    assertThat(Markup.MARKDOWN.value(given)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "plain words, 12:30, cache-1.example.com ¦ plain words, 12:30, cache-1.example.com",
        "10.0.0.1:6379 node_cpu_total ¦ 10.0.0.1:6379 node_cpu_total",
        "h1. title ¦ h1&#46; title",
        "\"x\":http://evil ¦ &#34;x&#34;&#58;http&#58;//evil",
        "!http://evil/a.png! ¦ &#33;http&#58;//evil/a.png&#33;",
        "{{toc}} ¦ &#123;&#123;toc&#125;&#125;",
        "@admin ¦ &#64;admin",
        "[[Wiki]] ¦ &#91;&#91;Wiki&#93;&#93;",
        "#1 ¦ &#35;1",
        "www.evil.example ¦ www&#46;evil.example",
        "<pre> ¦ &#60;pre&#62;",
        "&lt; ¦ &#38;lt;"
      })
  void value_inTextile_isInert(String given, String expected) {
    assertThat(Markup.TEXTILE.value(given)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "@admin ¦ @~admin",
        "#12 ¦ \\#~12",
        "127.0.0.1 ¦ 127.0.0.1",
        "12. item ¦ 12\\. item",
        "{{toc}} ¦ \\{~\\{~toc\\}\\}",
        "http://evil ¦ http:~//evil",
        "user:admin ¦ user:~admin"
      })
  void value_inRedminesMarkdown_isInert(String given, String expected) {
    assertThat(Markup.REDMINE_MARKDOWN.value(given)).isEqualTo(expected.replace('~', '\u2060'));
  }

  @ParameterizedTest
  @EnumSource(Markup.class)
  void value_withLineBreaksAndInvisibleMarks_isOneVisibleLine(Markup markup) {
    assertThat(markup.value("a\r\n\r\nb\u202Ec\u0000\u0007\tz\u200B")).isEqualTo("a bc z");
  }

  @ParameterizedTest
  @EnumSource(Markup.class)
  void value_whenVeryLong_isCutBetweenCharacters(Markup markup) {
    String cut = markup.value("x" + "😀".repeat(5_000));
    assertThat(cut.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF)).isTrue();
    assertThat(cut).endsWith("😀…").hasSizeLessThan(2_100);
  }

  @Test
  void document_inTextile_hasItsHeadingsAndLists() {
    assertThat(Markup.TEXTILE.document("# A\n\n## B\n\n- one **bold**\n- two\n"))
        .isEqualTo("h1. A\n\nh2. B\n\n* one *bold*\n* two");
  }
}
