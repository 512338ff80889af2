package dev.firebreak.guard.promotion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.guard.Glob;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code promotion} of the configuration: whether runbooks rehearse before they change
 * anything.
 *
 * @param required whether they do
 * @param by people and teams who may promote; any approver when empty
 * @param except globs of runbooks that need no promotion
 * @param fourEyes whether an author of a version may not promote it
 */
public record PromotionSettings(
    boolean required, List<String> by, List<String> except, boolean fourEyes) {
  /** What holds when nothing is said: no runbook rehearses. */
  public static final PromotionSettings USUAL =
      new PromotionSettings(false, List.of(), List.of(), true);

  public PromotionSettings {
    by = List.copyOf(by);
    except = List.copyOf(except);
    if (by.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "promotion.by: a name is empty; write people or teams: [team-cache]");
    }
    if (except.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "promotion.except: a name is empty; write runbooks: [disk-*]");
    }
  }

  @JsonCreator
  static PromotionSettings of(
      @JsonProperty("required") @Nullable Boolean required,
      @JsonProperty("by") @Nullable List<String> by,
      @JsonProperty("except") @Nullable List<String> except,
      @JsonProperty("fourEyes") @Nullable Boolean fourEyes) {
    return new PromotionSettings(
        required != null && required,
        by == null ? List.of() : by,
        except == null ? List.of() : except,
        fourEyes == null || fourEyes);
  }

  /** Who may promote but is not there, for humans. */
  public List<String> problems(Set<String> known) {
    return by.stream()
        .filter(name -> !known.contains(name))
        .map(name -> "promotion.by: '" + name + "' is no person and no team; there are " + known)
        .toList();
  }

  /** Whether versions of this runbook rehearse until they are promoted. */
  public boolean concerns(String runbook) {
    return required && except.stream().noneMatch(glob -> new Glob(glob).matches(runbook));
  }

  /** Whether this person is among those who may promote. */
  public boolean names(String person, Set<String> teams) {
    return by.isEmpty() || by.contains(person) || teams.stream().anyMatch(by::contains);
  }
}
