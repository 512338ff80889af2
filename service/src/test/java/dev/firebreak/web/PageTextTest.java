package dev.firebreak.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PageTextTest {
  private static String written(String text) throws IOException {
    StringWriter out = new StringWriter();
    PageText.write(text, out);
    return out.toString();
  }

  @Test
  void markup_isEscapedForTextAndAttributes() throws IOException {
    assertThat(written("<a href=\"x\" id='y'>`&amp;"))
        .isEqualTo("&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&#96;&amp;amp;");
  }

  @Test
  void hiddenCharacters_areShownByName() throws IOException {
    assertThat(written("a\u202Eb\u200Bc\u0000d\u001B[1m\u2028\uFEFF\u00AD\uD800"))
        .isEqualTo("a‹U+202E›b‹U+200B›c‹U+0000›d‹U+001B›[1m‹U+2028›‹U+FEFF›‹U+00AD›‹U+D800›");
  }

  @Test
  void lettersOfAllScripts_stayAsTheyAre() throws IOException {
    String text = "Zoë\t日本 שלום\n👩‍💻 🔥";
    assertThat(written(text)).isEqualTo(text);
  }

  @Test
  void joiner_betweenAsciiLetters_isShown() throws IOException {
    assertThat(written("pay\u200Dpal")).isEqualTo("pay‹U+200D›pal");
  }
}
