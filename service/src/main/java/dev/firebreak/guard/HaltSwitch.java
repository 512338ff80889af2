package dev.firebreak.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of the halt switch that needs no database: a file that says "off" by being there, and
 * what a signal or an order said to this process. Thread-safe.
 */
public final class HaltSwitch {
  private final Path file;
  private final PartHalts parts = new PartHalts();
  private volatile @Nullable Automation said;

  /**
   * @param file while it exists, nothing is changed; whoever can write the data folder can halt
   */
  public HaltSwitch(Path file) {
    this.file = file;
  }

  /** Halts this node at once, and by file beyond a restart unless it has an end. */
  public void engage(Automation automation) {
    said = automation;
    if (automation.until() != null) {
      return;
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text(automation));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the halt file " + file + " cannot be written; this process is halted all the same", e);
    }
  }

  /** What is halted in part. */
  public PartHalts parts() {
    return parts;
  }

  /** What is halted that a change belongs to, as far as this node knows; everything if nothing. */
  public HaltScope scopeOf(ChangeMarks marks, Instant now) {
    return halted(now).isPresent()
        ? HaltScope.ALL
        : parts.standing(now).stream()
            .filter(part -> part.mode() == Automation.Mode.OFF && part.scope().means(marks))
            .map(Automation::scope)
            .findFirst()
            .orElse(HaltScope.ALL);
  }

  /** Lifts what file and signal said. */
  public void lift() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the halt file " + file + " cannot be removed", e);
    }
    said = null;
  }

  /**
   * Lifts what an order halted, if it is one of these that were lifted elsewhere; what a person's
   * file or a signal says stays.
   */
  public void liftOrdered(List<Automation> lifted) {
    Set<String> texts =
        lifted.stream()
            .filter(it -> it.mode() == Automation.Mode.OFF)
            .map(HaltSwitch::text)
            .collect(Collectors.toSet());
    Automation known = said;
    if (known != null && texts.contains(text(known))) {
      said = null;
    }
    try {
      if (!texts.isEmpty() && Files.exists(file) && texts.contains(Files.readString(file))) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the halt file " + file + " cannot be removed", e);
    }
  }

  private static String text(Automation automation) {
    return "%s: %s (since %s)\n"
        .formatted(
            automation.by(), automation.reason(), automation.at().truncatedTo(ChronoUnit.MILLIS));
  }

  /** What file and signal say; empty when they do not halt. */
  public Optional<Automation> halted(Instant now) {
    Automation known = said;
    if (known != null && !known.over(now)) {
      return Optional.of(known);
    }
    return Files.exists(file)
        ? Optional.of(
            new Automation(
                Automation.Mode.OFF, "the file " + file + " exists", "file", Instant.EPOCH, null))
        : Optional.empty();
  }

  /** The stricter of what the database says and what file and signal say, as of now. */
  public Automation strictest(Automation stored, Instant now) {
    Automation inForce =
        stored.over(now)
            ? new Automation(Automation.Mode.ON, "its end came", "clock", now, null)
            : stored;
    return halted(now).filter(local -> local.mode().compareTo(inForce.mode()) >= 0).orElse(inForce);
  }

  /**
   * The strictest of what concerns a change.
   *
   * @param stored what the database says: of everything first, then of parts
   */
  Automation strictest(List<Automation> stored, ChangeMarks marks, Instant now) {
    Automation strictest = strictest(stored.getFirst(), now);
    List<Automation> others =
        Stream.concat(stored.stream().skip(1), parts.ordered())
            .filter(part -> !part.over(now) && part.scope().means(marks))
            .toList();
    for (Automation part : others) {
      strictest = part.mode().compareTo(strictest.mode()) > 0 ? part : strictest;
    }
    return strictest;
  }
}
