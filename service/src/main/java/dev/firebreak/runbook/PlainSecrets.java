package dev.firebreak.runbook;

import dev.firebreak.expression.Mustache;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses what looks like a password or token written into a runbook. */
final class PlainSecrets {
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)authorization|cookie|x-auth-token|.*(?:password|passwd|secret|api[-_]?key|[-_]token)|token");
  private static final Pattern VALUE =
      Pattern.compile(
          "(?i)(?:^|.*[?&\\s-])(?:password|passwd|secret|api[-_]?key|token)=[^\\s&{]+.*"
              + "|https?://[^/\\s:@]+:[^/\\s@{]+@.*"
              + "|(?:bearer|basic) [a-z0-9+/=._-]{8,}"
              + "|.*\\b(?:gh[pousr]_[a-z0-9]{20,}|xox[abprs]-[a-z0-9-]{10,}|AKIA[0-9A-Z]{16})\\b.*"
              + "|-----BEGIN [a-z ]*PRIVATE KEY-----.*",
          Pattern.DOTALL);

  private PlainSecrets() {}

  static void check(YamlNode node, Findings findings) {
    switch (node) {
      case YamlNode.Items items -> items.items().forEach(item -> check(item, findings));
      case YamlNode.Fields fields ->
          fields
              .fields()
              .forEach(
                  (name, field) -> {
                    if (!isReference(fields)) {
                      named(name, field.value(), findings);
                    }
                    check(field.value(), findings);
                  });
      case YamlNode.Scalar scalar -> {
        if (scalar.value() instanceof String text && VALUE.matcher(text).matches()) {
          report(scalar, findings);
        }
      }
    }
  }

  /** {@code {secret: name}} names a secret of the configuration. */
  private static boolean isReference(YamlNode.Fields fields) {
    return fields.fields().keySet().equals(Set.of("secret"));
  }

  /** {@code {secret: ref}} names a secret and holds none. */
  private static final String REFERENCE = "secret";

  private static void named(String name, YamlNode value, Findings findings) {
    String text = YamlNode.text(value);
    boolean literal = text != null && !text.isBlank() && !Mustache.isTemplate(text);
    if (literal && !name.equals(REFERENCE) && NAME.matcher(name).matches()) {
      report(value, findings);
    }
  }

  private static void report(YamlNode at, Findings findings) {
    findings.error(
        at,
        "plain-secret",
        "this looks like a secret in plain text",
        "name a configured credential, or hand it to a command by env: {NAME: {secret: ref}}");
  }
}
