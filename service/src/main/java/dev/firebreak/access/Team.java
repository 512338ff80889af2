package dev.firebreak.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * People who answer together.
 *
 * @param members the names of their tokens; never empty: a team of nobody could approve nothing
 * @param channel the configured channel this team reads, or null when it has none
 */
public record Team(List<String> members, @Nullable String channel) {
  @JsonCreator
  public Team(
      @JsonProperty("members") @Nullable List<String> members,
      @JsonProperty("channel") @Nullable String channel) {
    if (members == null || members.isEmpty()) {
      throw new IllegalArgumentException("'members' of a team must name at least one person");
    }
    if (members.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("'members' of a team has an empty name");
    }
    this.members = List.copyOf(members);
    this.channel = channel;
  }
}
