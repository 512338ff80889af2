package dev.firebreak.action;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code egress} of the configuration.
 *
 * @param allow what the rule would refuse and is allowed all the same: host names, addresses or
 *     address ranges in CIDR notation, each with or without {@code :port}: {@code localhost:9090},
 *     {@code 127.0.0.1}, {@code 127.0.0.0/8}, {@code [::1]:6379}; empty by default
 */
public record EgressSettings(List<String> allow) {
  /** Nothing is allowed beyond the rule. */
  public static final EgressSettings STRICT = new EgressSettings(List.of());

  public EgressSettings(@Nullable List<String> allow) {
    this.allow = allow == null ? List.of() : List.copyOf(allow);
    this.allow.forEach(AllowedTarget::parse);
  }
}
