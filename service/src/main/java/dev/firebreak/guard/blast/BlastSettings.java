package dev.firebreak.guard.blast;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.guard.Glob;
import dev.firebreak.guard.Targets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One of the groups in the section {@code blast} of the configuration.
 *
 * @param group its name
 * @param targets globs: whichever key they match is of the group
 * @param members the keys of all that are of it; empty when only {@code size} is known
 * @param size how many members there are; 0 when nobody said
 * @param max so many may be under repair at once; 0 for no such bound
 * @param share and so many percent of all members, rounded down, but one; 0 for no such bound
 * @param floor so many healthy members must be left
 * @param ramp how many at once while none, one, two, … repairs were proven; empty for no ramp
 * @param within how far back proven repairs count
 * @param owner the team or person who is asked
 */
public record BlastSettings(
    String group,
    List<String> targets,
    Set<String> members,
    int size,
    int max,
    int share,
    int floor,
    List<Integer> ramp,
    Duration within,
    String owner) {
  private static final Duration RAMP = Duration.ofHours(1);

  public BlastSettings {
    targets = List.copyOf(targets);
    members = members.stream().map(Targets::key).collect(Collectors.toUnmodifiableSet());
    ramp = List.copyOf(ramp);
    size = members.isEmpty() ? size : members.size();
    refuse(!group.matches("[a-z0-9]+(-[a-z0-9]+)*"), group, "lower-case words joined by hyphens");
    refuse(targets.isEmpty() || targets.contains(""), group, "targets must name who is of it");
    refuse(owner.isBlank(), group, "owner must name who is asked");
    refuse(max < 0 || floor < 0 || size < 0, group, "max, floor and size are at least 1");
    refuse(share < 0 || share > 100, group, "share must be from 1% to 100%");
    refuse(max == 0 && share == 0 && floor == 0 && ramp.isEmpty(), group, "bounds nothing");
    refuse((share > 0 || floor > 0) && size == 0, group, "share and floor need members, or size");
    refuse(floor > 0 && floor >= size, group, "floor leaves no member that could be repaired");
    refuse(ramp.stream().anyMatch(step -> step < 1), group, "ramp is a list like [1, 2, 4]");
  }

  private static void refuse(boolean bad, String group, String what) {
    if (bad) {
      throw new IllegalArgumentException("blast: group '%s': %s".formatted(group, what));
    }
  }

  @JsonCreator
  static BlastSettings of(
      @JsonProperty("group") @Nullable String group,
      @JsonProperty("targets") @Nullable List<String> targets,
      @JsonProperty("members") @Nullable List<String> members,
      @JsonProperty("size") int size,
      @JsonProperty("max") int max,
      @JsonProperty("share") @Nullable String share,
      @JsonProperty("floor") int floor,
      @JsonProperty("ramp") @Nullable List<Integer> ramp,
      @JsonProperty("owner") @Nullable String owner) {
    return new BlastSettings(
        Objects.requireNonNullElse(group, ""),
        Objects.requireNonNullElse(targets, List.of()),
        new HashSet<>(Objects.requireNonNullElse(members, List.of())),
        size,
        max,
        share == null ? 0 : percent(share),
        floor,
        Objects.requireNonNullElse(ramp, List.of()),
        RAMP,
        Objects.requireNonNullElse(owner, ""));
  }

  private static int percent(String share) {
    if (!share.matches("[1-9][0-9]{0,2}%")) {
      throw new IllegalArgumentException("blast: share is written like 30%, not " + share);
    }
    return Integer.parseInt(share.substring(0, share.length() - 1));
  }

  /** What is wrong with all of them together, one sentence each; empty if fine. */
  public static List<String> problems(List<BlastSettings> groups, Set<String> people) {
    Set<String> names = new HashSet<>();
    return groups.stream()
        .flatMap(
            group ->
                java.util.stream.Stream.of(
                        names.add(group.group) ? "" : "there are two of this name",
                        people.contains(group.owner)
                            ? ""
                            : "owner '%s' is no team and no member of one".formatted(group.owner))
                    .filter(fault -> !fault.isEmpty())
                    .map(fault -> "blast: group '%s': %s".formatted(group.group, fault)))
        .toList();
  }

  /** The globs, ready to be asked. */
  List<Glob> globs() {
    return targets.stream().map(Glob::new).toList();
  }

  /**
   * How many may be under repair at once.
   *
   * @param proven how many repairs in a row were proven of late
   */
  int atOnce(int proven) {
    int most = max == 0 ? Integer.MAX_VALUE : max;
    if (share > 0) {
      most = Math.min(most, Math.max(1, (int) ((long) size * share / 100)));
    }
    return ramp.isEmpty() ? most : Math.min(most, ramp.get(Math.min(proven, ramp.size() - 1)));
  }
}
