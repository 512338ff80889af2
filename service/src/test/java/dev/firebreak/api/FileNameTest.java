package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "a\r\nSet-Cookie: x=y",
        "\u202Etxt.exe",
        "\"; filename=\"evil.html",
        "",
        "...",
        "\uD83D\uDD25\uD800",
        "C:\\windows\\x"
      })
  void hostileName_staysOneFileName(String name) {
    String header = FileName.attachment(name);
    assertThat(header)
        .matches(
            "attachment; filename=\"[A-Za-z0-9 ._()+-]+\";"
                + " filename\\*=UTF-8''[A-Za-z0-9%!#$&+.^_`|~-]+");
  }

  @Test
  void longName_isCut() {
    assertThat(FileName.attachment("\uD83D\uDD25".repeat(2_000)).length()).isLessThan(2_000);
  }
}
