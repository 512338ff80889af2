package dev.firebreak.guard.breaker;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.core.Durations;
import dev.firebreak.guard.Glob;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of the groups in the section {@code suspicion} of the configuration: when so many of its
 * members alarm within minutes, rather the observer is broken than all of them.
 *
 * @param group its name
 * @param match labels an alert has when it is about a member
 * @param member the label that names the member
 * @param targets globs of what is not changed any more then
 * @param count so many members that alarm are suspect
 * @param share but only if they are so many percent of all; 0 when that does not matter
 * @param size how many members there are; 0 when {@code share} is
 * @param within how far back alarms count
 * @param owner the team or person who is told
 */
public record SuspicionSettings(
    String group,
    Map<String, String> match,
    String member,
    List<String> targets,
    int count,
    int share,
    int size,
    Duration within,
    String owner) {
  private static final Duration MOST = Duration.ofDays(1);

  public SuspicionSettings {
    match = Map.copyOf(match);
    targets = List.copyOf(targets);
    refuse(!group.matches("[a-z0-9]+(-[a-z0-9]+)*"), group, "lower-case words joined by hyphens");
    refuse(match.isEmpty(), group, "match must name a label: empty never means all");
    refuse(member.isBlank(), group, "member must name the label that tells members apart");
    refuse(targets.isEmpty() || targets.contains(""), group, "targets must name what is stopped");
    refuse(count < 2, group, "count must be at least 2");
    refuse(share < 0 || share > 100, group, "share must be from 1% to 100%");
    refuse((share > 0) != (size > 0), group, "share needs size, how many members there are");
    refuse(!within.isPositive() || within.compareTo(MOST) > 0, group, "within must be up to 1d");
    refuse(owner.isBlank(), group, "owner must name who is told");
  }

  private static void refuse(boolean bad, String group, String what) {
    if (bad) {
      throw new IllegalArgumentException("suspicion: group '%s': %s".formatted(group, what));
    }
  }

  @JsonCreator
  static SuspicionSettings of(
      @JsonProperty("group") @Nullable String group,
      @JsonProperty("match") @Nullable Map<String, String> match,
      @JsonProperty("member") @Nullable String member,
      @JsonProperty("targets") @Nullable List<String> targets,
      @JsonProperty("count") @Nullable Integer count,
      @JsonProperty("share") @Nullable String share,
      @JsonProperty("size") @Nullable Integer size,
      @JsonProperty("within") @Nullable String within,
      @JsonProperty("owner") @Nullable String owner) {
    return new SuspicionSettings(
        Objects.requireNonNullElse(group, ""),
        Objects.requireNonNullElse(match, Map.of()),
        Objects.requireNonNullElse(member, "instance"),
        Objects.requireNonNullElse(targets, List.of()),
        count == null ? 5 : count,
        share == null ? 0 : percent(share),
        size == null ? 0 : size,
        within == null ? Duration.ofMinutes(5) : Durations.parse(within),
        Objects.requireNonNullElse(owner, ""));
  }

  private static int percent(String share) {
    if (!share.matches("[1-9][0-9]{0,2}%")) {
      throw new IllegalArgumentException("suspicion: share is written like 30%, not " + share);
    }
    return Integer.parseInt(share.substring(0, share.length() - 1));
  }

  /** What is wrong with all of them together, one sentence each; empty if fine. */
  public static List<String> problems(List<SuspicionSettings> groups, Set<String> people) {
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
                    .map(fault -> "suspicion: group '%s': %s".formatted(group.group, fault)))
        .toList();
  }

  /** The member an alert with these labels is about; empty when it is about none. */
  String memberOf(Map<String, String> labels) {
    boolean about =
        match.entrySet().stream()
            .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
    return about ? labels.getOrDefault(member, "") : "";
  }

  /** Whether so many members that alarm are too many. */
  boolean suspects(int alarming) {
    return alarming >= count && (share == 0 || alarming * 100L >= (long) share * size);
  }

  /** Whether one of these is of the group. */
  boolean stops(List<String> changed) {
    List<Glob> globs = targets.stream().map(Glob::new).toList();
    return changed.stream().anyMatch(key -> globs.stream().anyMatch(glob -> glob.matches(key)));
  }
}
