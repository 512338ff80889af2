package dev.firebreak.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskerTest {
  private final Masker masker = new Masker();

  @ParameterizedTest
  @ValueSource(
      strings = {"s3cr", "hunter2hunter2", "p@ss/w+rd=\"q\"\\&<x> 1%", "pässwörd→☃", "a b\tc\nd'e"})
  void secret_inAnyEncoding_isMasked(String secret) throws Exception {
    masker.add(secret);
    for (String before : new String[] {"", "u:", "uu:", "uuu:"}) {
      String encoded =
          Base64.getEncoder().encodeToString((before + secret + ":tail").getBytes(UTF_8));
      assertThat(masker.mask(encoded)).as("base64 after '%s'", before).contains("***");
      String url =
          Base64.getUrlEncoder().encodeToString((before + secret + ":tail").getBytes(UTF_8));
      assertThat(masker.mask(url)).contains("***");
    }
    assertThat(masker.mask("x=" + URLEncoder.encode(secret, UTF_8) + "&y")).isEqualTo("x=***&y");
    assertThat(masker.mask("x=" + URLEncoder.encode(secret, UTF_8).replace("+", "%20") + "&y"))
        .isEqualTo("x=***&y");
    assertThat(masker.mask(new ObjectMapper().writeValueAsString(Map.of("k", secret))))
        .isEqualTo("{\"k\":\"***\"}");
    assertThat(masker.mask("<" + secret + ">")).isEqualTo("<***>");
  }

  @Test
  void secret_inJsonOfGoAndPython_isMasked() {
    masker.add("a<b>&é/c\"");
    assertThat(masker.mask("\"a\\u003cb\\u003e\\u0026é/c\\\"\"")).isEqualTo("\"***\"");
    assertThat(masker.mask("\"a<b>&\\u00e9/c\\\"\"")).isEqualTo("\"***\"");
    assertThat(masker.mask("\"a<b>&\\u00E9/c\\\"\"")).isEqualTo("\"***\"");
    assertThat(masker.mask("\"a<b>&é\\/c\\\"\"")).isEqualTo("\"***\"");
  }

  @Test
  void base64_brokenIntoLines_isMasked() {
    masker.add("correct horse battery staple");
    String wrapped =
        Base64.getMimeEncoder(20, "\n".getBytes(UTF_8))
            .encodeToString("password=correct horse battery staple;".getBytes(UTF_8));
    assertThat(wrapped).contains("\n");
    String joined = masker.mask(wrapped).replace("\n", "");
    assertThat(joined).contains("***");
    assertThat(joined.length()).isLessThan(25);
  }

  @Test
  void multiLineSecret_isMaskedWholeAndByLine() {
    masker.add("-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----");
    assertThat(masker.mask("grep: MIIEvQIBADANBg")).isEqualTo("grep: ***");
    assertThat(
            masker.mask(
                "-----BEGIN KEY-----\r\nMIIEvQIBADANBg\r\nkqhkiG9w0BAQEF\r\n-----END KEY-----!"))
        .isEqualTo("***!");
  }

  @Test
  void secretsThatOverlap_areMaskedTogether() {
    masker.add("abcdef");
    masker.add("cdefgh");
    masker.add("bcde");
    assertThat(masker.mask("xabcdefghx abcde")).isEqualTo("x***x a***");
  }

  @Test
  void shortSecret_isRefusedAndNotMasked() {
    assertThat(masker.add("abc")).isFalse();
    assertThat(masker.mask("abcabc")).isEqualTo("abcabc");
  }

  @Test
  void textWithoutSecrets_isTheSameObject() {
    masker.add("hunter2");
    String text = "nothing to see ☃";
    assertThat(masker.mask(text)).isSameAs(text);
    byte[] bytes = {(byte) 0xff, 0, 1};
    assertThat(masker.mask(bytes)).isSameAs(bytes);
  }

  @Test
  void bytesAroundASecret_areKeptExactly() {
    masker.add("hunter2");
    byte[] bytes = "\0hunter2".getBytes(UTF_8);
    bytes[0] = (byte) 0xfe;
    assertThat(masker.mask(bytes)).containsExactly(0xfe, '*', '*', '*');
  }

  @Test
  void secretCutOffAtTheEnd_isMaskedWhenTheBytesWereCut() {
    masker.add("hunter2");
    byte[] bytes = "password=hunt".getBytes(UTF_8);
    assertThat(masker.mask(bytes)).isSameAs(bytes);
    assertThat(new String(masker.maskCut(bytes), UTF_8)).isEqualTo("password=***");
  }

  @Test
  void manySecretsInALongText_takeTimeInALine() {
    IntStream.range(0, 200).forEach(i -> masker.add("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" + i));
    byte[] worst = "a".repeat(8 << 20).getBytes(UTF_8);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    assertThat(masker.mask(worst)).isSameAs(worst);
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start))
        .isLessThan(Duration.ofSeconds(5));
  }
}
