package dev.firebreak.guard.freeze;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.calendar.CalendarFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A calendar file whose events are freezes: an entry of {@code freezes} that has a {@code
 * calendar}.
 *
 * @param file in the form of RFC 5545
 * @param terms what holds for all of them
 */
public record FreezeCalendar(Path file, Terms terms) {
  /** As many times may be frozen by one calendar. */
  static final int MOST = 500;

  /**
   * What an event does not say of a freeze.
   *
   * @param reason for events without a description; empty for their summary
   * @param zone of times that name none
   */
  public record Terms(
      String owner, String reason, Freeze.Mode mode, @Nullable String scope, ZoneId zone) {
    /**
     * Terms as configuration and orders write them.
     *
     * @throws IllegalArgumentException naming the key that is wrong
     */
    public static Terms of(
        @Nullable String owner,
        @Nullable String reason,
        @Nullable String mode,
        @Nullable String scope,
        @Nullable String zone) {
      if (owner == null || owner.isBlank()) {
        throw new IllegalArgumentException("owner: is required");
      }
      FreezeDesk.checkScope(scope);
      return new Terms(
          owner, reason == null ? "" : reason, FreezeSettings.mode(mode), scope, zone(zone));
    }

    private static ZoneId zone(@Nullable String name) {
      try {
        return name == null ? ZoneOffset.UTC : ZoneId.of(name);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "zone: '%s' is no time zone; write one like Europe/Berlin".formatted(name), e);
      }
    }

    /** What somebody wants who brings this event. */
    FreezeDesk.Wish wish(CalendarFile.Event event) {
      String name = event.summary().isBlank() ? "unnamed" : event.summary().strip();
      String said = event.description().isBlank() ? reason : event.description().strip();
      return new FreezeDesk.Wish(
          name, said.isBlank() ? name : said, owner, event.span(), mode, scope);
    }
  }

  @JsonCreator
  static FreezeCalendar of(
      @JsonProperty("file") @Nullable String file,
      @JsonProperty("owner") @Nullable String owner,
      @JsonProperty("reason") @Nullable String reason,
      @JsonProperty("mode") @Nullable String mode,
      @JsonProperty("scope") @Nullable String scope,
      @JsonProperty("zone") @Nullable String zone) {
    if (file == null || file.isBlank()) {
      throw new IllegalArgumentException("freezeCalendars: file: is required");
    }
    try {
      return new FreezeCalendar(Path.of(file), Terms.of(owner, reason, mode, scope, zone));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "freezeCalendars: '%s': %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The text of the file. */
  String text() {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "freezeCalendars: '%s' cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * The freezes of a text.
   *
   * @throws IllegalArgumentException naming file, line and what is wrong
   */
  List<Freeze> freezes(String text) {
    try {
      List<CalendarFile.Event> events = CalendarFile.read(text, terms.zone());
      if (events.size() > MOST) {
        throw new IllegalArgumentException(
            "there are %d events, and %d may freeze: leave out what is over"
                .formatted(events.size(), MOST));
      }
      return events.stream().map(this::freeze).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "freezeCalendars: '%s': %s".formatted(file, e.getMessage()), e);
    }
  }

  private Freeze freeze(CalendarFile.Event event) {
    FreezeDesk.Wish wish = terms.wish(event);
    String own = file.getFileName() + "/" + event.uid() + "/" + event.span().from();
    UUID id = UUID.nameUUIDFromBytes(own.getBytes(StandardCharsets.UTF_8));
    return new Freeze(
        "cal-" + HexFormat.of().toHexDigits(id.getMostSignificantBits()),
        wish.name(),
        wish.reason(),
        wish.owner(),
        wish.span(),
        wish.mode(),
        wish.scope(),
        Freeze.CONFIGURED,
        Instant.EPOCH,
        null);
  }
}
