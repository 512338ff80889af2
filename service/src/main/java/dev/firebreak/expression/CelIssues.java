package dev.firebreak.expression;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.firebreak.core.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewords what the compiler says for somebody who does not know its insides. */
final class CelIssues {
  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '([^']*)' .*", Pattern.DOTALL);
  private static final Pattern OVERLOAD =
      Pattern.compile(
          "found no matching overload for '([^']*)' applied to '(.*?)' \\(candidates.*",
          Pattern.DOTALL);
  private static final Pattern SYNTAX = Pattern.compile("(.*?) expecting .*", Pattern.DOTALL);

  private static final List<String> FUNCTIONS =
      List.of(
          "size",
          "startsWith",
          "endsWith",
          "contains",
          "matches",
          "has",
          "all",
          "exists",
          "filter",
          "map",
          "exists_one",
          "int",
          "double",
          "string",
          "bool",
          "duration",
          "timestamp",
          "split",
          "replace",
          "lowerAscii",
          "upperAscii",
          "trim",
          "substring",
          "indexOf",
          "join",
          "orValue",
          "hasValue",
          "value");

  private CelIssues() {}

  /** The first issue, as the author of the file should read it. */
  static ExpressionException exception(CelValidationException e, Scope scope) {
    if (e.getErrors().isEmpty()) {
      return new ExpressionException(String.valueOf(e.getMessage()), e);
    }
    CelIssue issue = e.getErrors().getFirst();
    Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
    if (undeclared.matches()) {
      String name = undeclared.group(1);
      return Cel.fault(issue, "nothing here is called '" + name + "'", advice(name, scope));
    }
    Matcher overload = OVERLOAD.matcher(issue.getMessage());
    if (overload.matches()) {
      String operator = overload.group(1).replaceAll("[_@]", "");
      return Cel.fault(issue, "'" + operator + "' does not take " + name(overload.group(2)), "");
    }
    if (issue.getMessage().startsWith("token recognition error at: '=")) {
      return Cel.fault(issue, "a single '=' is no operator", "compare with ==");
    }
    Matcher syntax = SYNTAX.matcher(issue.getMessage());
    return Cel.fault(issue, syntax.matches() ? syntax.group(1) : issue.getMessage(), "");
  }

  private static String advice(String name, Scope scope) {
    List<String> known = new ArrayList<>(Shape.of(scope).known().keySet());
    if (name.isEmpty()) {
      return "";
    }
    return Nearest.to(name, FUNCTIONS)
        .filter(function -> Nearest.to(name, known).isEmpty())
        .map(function -> "did you mean '" + function + "'?")
        .orElseGet(() -> Nearest.advice(name, known));
  }

  /** A type, in words. */
  static String name(String type) {
    return type.replace("firebreak.", "")
        .replaceAll("\\bstring\\b", "text")
        .replaceAll("\\b(?:int|double)\\b", "number")
        .replaceAll("\\bdyn\\b", "anything");
  }
}
