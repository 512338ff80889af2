package dev.firebreak.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapeTest {
  private static String render(String source, Escape escape, Object value) {
    return Mustache.compile(source, escape).render(Map.of("x", value));
  }

  private static void refused(String source, Escape escape, String value, String why) {
    assertThatThrownBy(() -> render(source, escape, value))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("x ")
        .hasMessageContaining(why);
  }

  @Test
  void text_keepsLinesAndRefusesOtherControls() {
    assertThat(render("{{x}}", Escape.TEXT, "a\n\tb <>&\"'")).isEqualTo("a\n\tb <>&\"'");
    refused("{{x}}", Escape.TEXT, "a\u001b[31m", "control character U+001B");
    refused("{{x}}", Escape.TEXT, "a\u0000", "U+0000");
    refused("{{x}}", Escape.TEXT, "a\u0085", "U+0085");
    refused("{{x}}", Escape.TEXT, "a\ud800b", "half a character");
    assertThat(render("{{x}}", Escape.TEXT, "😀")).isEqualTo("😀");
  }

  @Test
  void argument_staysOneLiteral() {
    String hostile = "; reboot $(id) `id` \n --x";
    assertThat(render("{{x}}", Escape.ARGUMENT, hostile)).isEqualTo(hostile);
    refused("{{x}}", Escape.ARGUMENT, "a\u0000b", "NUL");
    refused("--host={{x}}", Escape.ARGUMENT, "", "is empty");
  }

  @Test
  void header_isOneLine() {
    refused("{{x}}", Escape.HEADER, "a\r\nX-Evil: 1", "control character U+000D");
    refused("{{x}}", Escape.HEADER, "a\u2028b", "U+2028");
    assertThat(render("{{x}}", Escape.HEADER, "Grüße")).isEqualTo("Grüße");
  }

  @Test
  void key_isNeverEmpty() {
    assertThat(render("redis/{{x}}", Escape.KEY, "a b")).isEqualTo("redis/a b");
    refused("redis/{{x}}", Escape.KEY, "", "is empty");
    refused("redis/{{x}}", Escape.KEY, " ", "is empty");
    refused("redis/{{x}}", Escape.KEY, "a\nb", "control character");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          http://h/a/{{x}}      | ../../admin          | http://h/a/..%2F..%2Fadmin
          http://h/a/{{x}}      | b?c=1&d#e            | http://h/a/b%3Fc%3D1%26d%23e
          http://h/a?q={{x}}    | 1&admin=true         | http://h/a?q=1%26admin%3Dtrue
          http://h/a?q={{x}}    | up{job="x"} > 0      | http://h/a?q=up%7Bjob%3D%22x%22%7D%20%3E%200
          http://h/{{x}}        | ä b+c~d_e-f.g        | http://h/%C3%A4%20b%2Bc~d_e-f.g
          http://h/{{x}}        | a\\b                 | http://h/a%5Cb
          http://{{x}}/health   | cache-1:6379         | http://cache-1:6379/health
          http://{{x}}/health   | [::1]:80             | http://[::1]:80/health
          http://a.{{x}}:80/    | example.org          | http://a.example.org:80/
          {{x}}/health          | http://h:8080        | http://h:8080/health
          {{x}}/health          | https://h/base/a%20b | https://h/base/a%20b/health
          """)
  void url_neverChangesItsShape(String source, String value, String text) {
    assertThat(render(source, Escape.URL, value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          http://h/{{x}}/restart | .                     | would change a URL's path
          http://h/{{x}}/restart | ..                    | would change a URL's path
          http://h/{{x}}/restart | ""                    | is empty
          http://{{x}}/          | evil.com/x?           | must be a host or host:port
          http://{{x}}/          | user:pw@evil.com      | must be a host or host:port
          http://{{x}}/          | evil.com#             | must be a host or host:port
          http://{{x}}.internal/ | evil.com/             | must be a host or host:port
          http://{{x}}/          | a b                   | must be a host or host:port
          {{x}}/health           | file:///etc/passwd    | must be an http or https URL
          {{x}}/health           | http://u:p@h          | must be an http or https URL
          {{x}}/health           | http://h/../admin     | must be an http or https URL
          {{x}}/health           | http://h/%2e%2e/admin | must be an http or https URL
          {{x}}/health           | http://h/#            | must be an http or https URL
          {{x}}/health           | //h                   | must be an http or https URL
          {{x}}/health           | javascript:alert(1)   | must be an http or https URL
          """)
  void url_withAValueThatWouldChangeIt_isRefused(String source, String value, String why) {
    refused(source, Escape.URL, value == null ? "" : value, why);
  }

  @Test
  void url_thatWasWritten_hasTheHostOfTheTemplate() {
    for (String value : new String[] {"@evil.com", "\\evil.com", "//evil.com/", "%00", "?#@:"}) {
      URI uri = URI.create(render("http://host/a/{{x}}/b", Escape.URL, value));
      assertThat(uri.getHost()).isEqualTo("host");
      assertThat(uri.getRawPath().split("/")).hasSize(4);
      assertThat(uri.getRawQuery()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\",\"replicas\":0,\"y\":\"",
        "back\\slash\\",
        "a\nb\tc\rd\u0001\u2028",
        "<script>",
        "{{x}}",
        "😀"
      })
  void json_insideQuotes_staysOneText(String value) throws Exception {
    String json = render("{\"a\\\"\": \"{{x}}\", \"n\": 1}", Escape.JSON, value);
    assertThat(new ObjectMapper().readTree(json).get("a\"").asText()).isEqualTo(value);
    assertThat(new ObjectMapper().readTree(json).size()).isEqualTo(2);
  }

  @Test
  void json_outsideOfQuotes_takesNumbersAndBooleansOnly() {
    assertThat(render("{\"n\": {{x}}}", Escape.JSON, 5)).isEqualTo("{\"n\": 5}");
    assertThat(render("{\"n\": {{x}}}", Escape.JSON, true)).isEqualTo("{\"n\": true}");
    assertThat(render("{\"n\": {{x}}}", Escape.JSON, "12")).isEqualTo("{\"n\": 12}");
    refused("[{{x}}]", Escape.JSON, "1,2", "must stand inside quotes");
    refused("{\"n\": {{x}}}", Escape.JSON, "1,\"admin\":true", "must stand inside quotes");
    refused("{\"n\": {{x}}}", Escape.JSON, "", "must stand inside quotes");
  }

  @Test
  void html_isText() {
    assertThat(render("<p title=\"{{x}}\">", Escape.HTML, "\"><script>'`&"))
        .isEqualTo("<p title=\"&quot;&gt;&lt;script&gt;&#39;&#96;&amp;\">");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          **bold** _it_ `code`       ~ \\*\\*bold\\*\\* \\_it\\_ \\`code\\`
          [x](javascript:alert(1))   ~ \\[x\\](javascript\\:alert(1))
          ![x](http://e/p.png)       ~ !\u200B\\[x\\](http\\://e/p.png)
          <script>a</script> &lt;    ~ &lt;script&gt;a&lt;/script&gt; &amp;lt;
          @channel and <!here>       ~ @\u200Bchannel and &lt;!\u200Bhere&gt;
          a | b                      ~ a \\| b
          # title                    ~ \\# title
          - item                     ~ \\- item
          12. item                   ~ 12\\. item
          fixes #123                 ~ fixes #\u200B123
          see http://evil            ~ see http\\://evil
          www.evil.com               ~ www\\.evil.com
          {{include(x)}}             ~ {\u200B{\u200Binclude(x)}}
          plain redis-1:6379, 5.2 %  ~ plain redis-1:6379, 5.2 %
          """)
  void markdown_isInert(String value, String text) {
    assertThat(render("{{x}}", Escape.MARKDOWN, value)).isEqualTo(text);
  }

  @Test
  void markdown_ofSeveralLines_beginsNothingOnAnyOfThem() {
    assertThat(render("{{x}}", Escape.MARKDOWN, "a\n    code\n===\n\n* x\r\n+ y"))
        .isEqualTo("a\ncode\n\\===\n\n\\* x\n\\+ y");
  }
}
