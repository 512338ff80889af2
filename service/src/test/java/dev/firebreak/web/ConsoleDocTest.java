package dev.firebreak.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.firebreak.access.Role;
import dev.firebreak.access.SessionDesk;
import dev.firebreak.access.SetupDesk;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the page for on-call says is so. */
class ConsoleDocTest {
  private final String page = read();

  private static String read() {
    java.nio.file.Path here = java.nio.file.Path.of("docs/console.md");
    try {
      return Files.readString(
          Files.exists(here) ? here : java.nio.file.Path.of("..").resolve(here));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyAddress_isServed() {
    Set<String> served = addresses();
    Matcher address = Pattern.compile("`(/[a-z/{}.]*)[`?]").matcher(page);
    Set<String> told = new TreeSet<>();
    while (address.find()) {
      told.add(address.group(1));
    }
    assertThat(told).hasSizeGreaterThan(9);
    assertThat(served).containsAll(told);
  }

  private static Set<String> addresses() {
    return new ClassFileImporter()
        .importPackages("dev.firebreak.web").stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .flatMap(
                type -> {
                  String base = type.getAnnotationOfType(Path.class).value();
                  return java.util.stream.Stream.concat(
                      java.util.stream.Stream.of(base),
                      type.getMethods().stream()
                          .filter(method -> method.isAnnotatedWith(Path.class))
                          .map(m -> base + m.getAnnotationOfType(Path.class).value()));
                })
            .collect(Collectors.toSet());
  }

  @Test
  void everyRole_isExplained() {
    assertThat(Arrays.stream(Role.values()).map(role -> "| " + role.asText() + " |"))
        .allMatch(page::contains);
  }

  @Test
  void spansOfTime_areTheOnesInForce() {
    assertThat(page).contains("within the hour", "twelve hours");
    assertThat(SetupDesk.LASTS).isEqualTo(Duration.ofHours(1));
    assertThat(SessionDesk.LASTS).isEqualTo(Duration.ofHours(12));
  }
}
