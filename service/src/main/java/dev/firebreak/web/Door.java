package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.SessionDesk;
import dev.firebreak.access.SetupDesk;
import dev.firebreak.access.TokenDesk;
import dev.firebreak.core.Seal;
import java.util.Set;
import java.util.function.Function;

/**
 * Who may come in, and whom they stand for.
 *
 * @param sessions opens, checks and closes browser sessions
 * @param setup makes the first admin token
 * @param teams the teams a person is in, by the person's name
 * @param letters links by which people decide without a session
 * @param https whether people reach the console by https, so that cookies travel no other way
 */
public record Door(
    SessionDesk sessions,
    SetupDesk setup,
    Function<String, Set<String>> teams,
    Letters letters,
    boolean https) {
  /**
   * What links by which people decide are checked with.
   *
   * @param seal opens them
   * @param tokens knows who still holds the role
   */
  public record Letters(Seal seal, TokenDesk tokens) {}

  /** What somebody can say to gates. */
  Askable askable(Principal who) {
    return new Askable(who, teams.apply(who.name()));
  }

  /** Somebody's teams, as orders want them. */
  Set<String> teamsOf(Principal who) {
    return teams.apply(who.name());
  }
}
