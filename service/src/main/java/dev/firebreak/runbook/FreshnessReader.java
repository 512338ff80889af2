package dev.firebreak.runbook;

import dev.firebreak.core.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out which diagnose steps a rung speaks of, and how old what they found may be. */
final class FreshnessReader {
  private static final String NEVER = "never";
  private static final Pattern TAG = Pattern.compile("\\{\\{.*?}}", Pattern.DOTALL);

  /** {@code steps.ping}, {@code steps['redis-info']}; what is neither may be any of them. */
  private static final Pattern STEPS =
      Pattern.compile(
          "\\bsteps\\b(?:\\s*\\.\\s*\\??\\s*([A-Za-z][A-Za-z0-9_-]*+)(?!\\s*\\()"
              + "|\\s*\\[\\s*\\??\\s*(['\"])([A-Za-z0-9_-]+)\\2\\s*])?");

  private final Layout layout;
  private final Findings findings;
  private final @Nullable Duration usual;

  FreshnessReader(YamlNode root, Layout layout, Findings findings) {
    this.layout = layout;
    this.findings = findings;
    this.usual = maxAge(YamlNode.at(root, "evidence"), Freshness.USUAL);
  }

  /** The evidence of a rung; its own limit counts before that of the runbook. */
  Freshness read(YamlNode rung) {
    Map<String, List<String>> changes = new HashMap<>();
    Map<String, List<String>> lists = new HashMap<>();
    Set<String> all = new LinkedHashSet<>();
    texts(YamlNode.at(rung, "target"), text -> template(text, all));
    condition(YamlNode.at(YamlNode.at(rung, "approve"), "when"), all);
    texts(YamlNode.at(rung, "do"), text -> template(text, all));
    if (YamlNode.at(rung, "steps") == null) {
      changes.put(id(rung), needed(all));
    }
    for (YamlNode step : YamlNode.items(YamlNode.at(rung, "steps"))) {
      changes.put(id(step), step(step, all));
      Set<String> list = new LinkedHashSet<>();
      condition(YamlNode.at(YamlNode.at(step, "foreach"), "in"), list);
      lists.put(id(step), needed(list));
    }
    Set<String> condition = new LinkedHashSet<>();
    condition(YamlNode.at(rung, "when"), condition);
    Duration maxAge = maxAge(YamlNode.at(rung, "evidence"), usual);
    return new Freshness(maxAge, needed(condition), changes, lists);
  }

  private static String id(YamlNode node) {
    String id = YamlNode.text(YamlNode.at(node, "id"));
    return id == null ? "" : id;
  }

  /** What a step speaks of, and its rung for it; proof and undoing come after the change. */
  private List<String> step(YamlNode step, Set<String> ofRung) {
    Set<String> named = new LinkedHashSet<>(ofRung);
    YamlNode.fields(step)
        .forEach(
            (key, field) -> {
              switch (key) {
                case "when" -> condition(field.value(), named);
                case "id", "name", "needs", "foreach", "verify", "undo" -> {}
                default -> texts(field.value(), text -> template(text, named));
              }
            });
    return needed(named);
  }

  private static void texts(@Nullable YamlNode node, Consumer<String> each) {
    String text = YamlNode.text(node);
    if (text != null) {
      each.accept(text);
    }
    YamlNode.items(node).forEach(item -> texts(item, each));
    YamlNode.fields(node).forEach((key, field) -> texts(field.value(), each));
  }

  private void template(String text, Set<String> named) {
    Matcher tag = TAG.matcher(text);
    while (tag.find()) {
      mentioned(tag.group(), named);
    }
  }

  private void condition(@Nullable YamlNode node, Set<String> named) {
    texts(node, text -> mentioned(text, named));
  }

  /** Rather one too many: to look again does no harm. */
  private void mentioned(String text, Set<String> named) {
    Matcher steps = STEPS.matcher(text);
    while (steps.find()) {
      String id = steps.group(1) == null ? steps.group(3) : steps.group(1);
      if (id == null) {
        named.addAll(layout.diagnosed());
      } else {
        named.addAll(meant(id));
      }
    }
  }

  /** A hyphen in an expression may be a minus. */
  private List<String> meant(String id) {
    List<String> meant = new ArrayList<>();
    for (int end = id.length(); end > 0; end = id.lastIndexOf('-', end - 1)) {
      if (layout.diagnosed().contains(id.substring(0, end))) {
        meant.add(id.substring(0, end));
      }
    }
    return meant;
  }

  /** With what these steps need. */
  private List<String> needed(Set<String> named) {
    Set<String> all = new LinkedHashSet<>();
    for (String id : layout.inOrder()) {
      if (named.contains(id) || named.stream().anyMatch(it -> layout.before(it).contains(id))) {
        all.add(id);
      }
    }
    return List.copyOf(all);
  }

  private @Nullable Duration maxAge(@Nullable YamlNode evidence, @Nullable Duration usual) {
    YamlNode node = YamlNode.at(evidence, "max_age");
    String text = YamlNode.text(node);
    if (node == null || text == null) {
      return usual;
    }
    if (text.equals(NEVER)) {
      return null;
    }
    try {
      Duration age = Durations.parse(text);
      if (age.compareTo(Freshness.LEAST) >= 0 && age.compareTo(Freshness.MOST) <= 0) {
        return age;
      }
    } catch (IllegalArgumentException e) {
      return usual; // its form was reported by the first pass
    }
    findings.error(
        node,
        "wrong-value",
        "max_age must be from %s to %s, not '%s'"
            .formatted(Durations.text(Freshness.LEAST), Durations.text(Freshness.MOST), text),
        "say max_age: never when its evidence does not age");
    return usual;
  }
}
