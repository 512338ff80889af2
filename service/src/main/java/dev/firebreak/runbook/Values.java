package dev.firebreak.runbook;

import dev.firebreak.core.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads single values; what has the wrong shape was reported by the first pass. */
final class Values {
  private final Findings findings;

  Values(Findings findings) {
    this.findings = findings;
  }

  String text(@Nullable YamlNode parent, String key, String fallback) {
    String text = YamlNode.text(YamlNode.at(parent, key));
    return text == null ? fallback : text;
  }

  @Nullable String text(@Nullable YamlNode parent, String key) {
    return YamlNode.text(YamlNode.at(parent, key));
  }

  int number(@Nullable YamlNode parent, String key, int fallback) {
    return YamlNode.at(parent, key) instanceof YamlNode.Scalar scalar
            && scalar.value() instanceof Long number
        ? (int) Math.clamp(number, 0, Integer.MAX_VALUE)
        : fallback;
  }

  boolean flag(@Nullable YamlNode parent, String key, boolean fallback) {
    return YamlNode.at(parent, key) instanceof YamlNode.Scalar scalar
            && scalar.value() instanceof Boolean flag
        ? flag
        : fallback;
  }

  Duration duration(@Nullable YamlNode parent, String key, Duration fallback) {
    YamlNode node = YamlNode.at(parent, key);
    return node == null ? fallback : duration(node, fallback);
  }

  /** The duration, null when there is none. */
  @Nullable Duration optional(@Nullable YamlNode parent, String key) {
    YamlNode node = YamlNode.at(parent, key);
    return node == null ? null : duration(node, Duration.ZERO);
  }

  Duration duration(YamlNode node, Duration fallback) {
    String text = YamlNode.text(node);
    if (text == null) {
      return fallback;
    }
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      findings.error(node, "wrong-value", String.valueOf(e.getMessage()), "");
      return fallback;
    }
  }

  List<String> texts(@Nullable YamlNode node) {
    return YamlNode.items(node).stream()
        .map(YamlNode::text)
        .filter(Objects::nonNull)
        .map(text -> (String) text)
        .toList();
  }
}
