package dev.firebreak.core;

/**
 * Who did something: a person, a machine with a token, a source of alerts, or Firebreak itself.
 *
 * @param kind what sort of actor
 * @param name the token's, source's or part's name; never blank
 */
public record Actor(Kind kind, String name) {
  /** The sorts of actors. */
  public enum Kind {
    PERSON,
    MACHINE,
    SOURCE,
    SYSTEM
  }

  /** Firebreak's own engine. */
  public static final Actor ENGINE = new Actor(Kind.SYSTEM, "firebreak");

  public Actor {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an actor needs a name");
    }
  }

  /** A named human. */
  public static Actor person(String name) {
    return new Actor(Kind.PERSON, name);
  }

  /** {@code person:ana}, as it is stored and shown. */
  public String asText() {
    return kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + name;
  }

  /** Reads what {@link #asText} wrote. */
  public static Actor parse(String text) {
    int colon = text.indexOf(':');
    return new Actor(
        Kind.valueOf(text.substring(0, colon).toUpperCase(java.util.Locale.ROOT)),
        text.substring(colon + 1));
  }
}
