package dev.firebreak.guard.freeze;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.calendar.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the section {@code freezes} of the configuration. Checked when it is read.
 *
 * @param freeze what it says
 */
public record FreezeSettings(Freeze freeze) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException naming the freeze and the key that is wrong
   */
  @JsonCreator
  static FreezeSettings of(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("reason") @Nullable String reason,
      @JsonProperty("owner") @Nullable String owner,
      @JsonProperty("from") @Nullable String from,
      @JsonProperty("until") @Nullable String until,
      @JsonProperty("zone") @Nullable String zone,
      @JsonProperty("repeat") @Nullable String repeat,
      @JsonProperty("except") @Nullable List<String> except,
      @JsonProperty("mode") @Nullable String mode,
      @JsonProperty("scope") @Nullable String scope) {
    String id = required("name", name);
    if (!NAME.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "freezes: name '%s': lower-case words joined by hyphens".formatted(id));
    }
    try {
      Span span = Span.parse(required("from", from), required("until", until), zone, repeat);
      FreezeDesk.checkScope(scope);
      return new FreezeSettings(
          new Freeze(
              id,
              id,
              required("reason", reason),
              required("owner", owner),
              span.except(days(except)),
              mode(mode),
              scope,
              Freeze.CONFIGURED,
              Instant.EPOCH,
              null));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("freezes: '%s': %s".formatted(id, e.getMessage()), e);
    }
  }

  private static String required(String key, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("freezes: " + key + ": is required");
    }
    return value;
  }

  private static Set<LocalDate> days(@Nullable List<String> texts) {
    Set<LocalDate> days = new HashSet<>();
    for (String text : Objects.requireNonNullElse(texts, List.<String>of())) {
      try {
        days.add(LocalDate.parse(text));
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "except: '%s' is no day; write one like 2026-12-24".formatted(text), e);
      }
    }
    return days;
  }

  /**
   * Reads a mode.
   *
   * @param text null for deny
   * @throws IllegalArgumentException when it is none
   */
  public static Freeze.Mode mode(@Nullable String text) {
    return text == null
        ? Freeze.Mode.DENY
        : Stream.of(Freeze.Mode.values())
            .filter(mode -> mode.asText().equals(text.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "mode: '%s': must be deny, hold or ask".formatted(text)));
  }

  /** What is wrong with these entries together; empty if fine. */
  public static List<String> problems(List<FreezeSettings> all, Set<String> people) {
    Set<String> seen = new HashSet<>();
    return all.stream()
        .map(FreezeSettings::freeze)
        .flatMap(
            freeze ->
                Stream.of(
                        seen.add(freeze.id()) ? "" : "there are two of this name",
                        people.contains(freeze.owner())
                            ? ""
                            : "owner: there is no team or person '" + freeze.owner() + "'")
                    .filter(fault -> !fault.isEmpty())
                    .map(fault -> "freezes: '%s': %s".formatted(freeze.id(), fault)))
        .toList();
  }
}
