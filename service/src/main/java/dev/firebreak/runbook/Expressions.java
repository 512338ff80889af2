package dev.firebreak.runbook;

import dev.firebreak.expression.Cel;
import dev.firebreak.expression.Condition;
import dev.firebreak.expression.Escape;
import dev.firebreak.expression.Expression;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.expression.Mustache;
import dev.firebreak.expression.Scope;
import dev.firebreak.expression.Template;
import dev.firebreak.runbook.YamlNode.Scalar;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles what a file says in conditions and templates; a broken one is reported and replaced. */
final class Expressions {
  private static final Pattern EARLY =
      Pattern.compile("no step '([^']*)' has surely run before this");

  private final Findings findings;
  private final String[] lines;
  private final Set<String> diagnosed;

  /**
   * A compiler for one file.
   *
   * @param diagnosed the ids of its diagnose steps
   */
  Expressions(Findings findings, String text, Set<String> diagnosed) {
    this.findings = findings;
    this.diagnosed = Set.copyOf(diagnosed);
    this.lines = text.split("\n", -1);
  }

  /** Stands for what did not compile; the file is refused anyway. */
  private record Broken(String source) implements Template, Condition, Expression {
    @Override
    public String render(Map<String, ?> model) {
      throw new ExpressionException("did not compile: " + source);
    }

    @Override
    public Object evaluate(Map<String, ?> model) {
      throw new ExpressionException("did not compile: " + source);
    }

    @Override
    public boolean test(Map<String, ?> model) {
      throw new ExpressionException("did not compile: " + source);
    }
  }

  /** The condition, null when there is none. */
  @Nullable Condition condition(@Nullable YamlNode node, Scope scope) {
    String text = YamlNode.text(node);
    if (node == null || text == null) {
      return null;
    }
    try {
      return Cel.condition(text, scope);
    } catch (ExpressionException e) {
      report(node, e, "expression");
      return new Broken(text);
    }
  }

  /** The expression, of any type. */
  Expression expression(@Nullable YamlNode node, Scope scope) {
    String text = YamlNode.text(node);
    if (node == null || text == null) {
      return new Broken("");
    }
    try {
      return Cel.expression(text, scope);
    } catch (ExpressionException e) {
      report(node, e, "expression");
      return new Broken(text);
    }
  }

  /** The template. */
  Template template(@Nullable YamlNode node, Escape escape, Scope scope) {
    String text = YamlNode.text(node);
    if (node == null || text == null) {
      return new Broken("");
    }
    try {
      return Mustache.compile(text, escape, scope);
    } catch (ExpressionException e) {
      report(node, e, "template");
      return new Broken(text);
    }
  }

  private void report(YamlNode node, ExpressionException e, String code) {
    char style = node instanceof Scalar scalar ? scalar.style() : ' ';
    boolean block = style == '|' || style == '>';
    int line = node.line() + (block ? Math.max(1, e.line()) : 0);
    int before = block ? indent(line) : node.column() - 1 + (style == ' ' ? 0 : 1);
    boolean known = e.column() > 0 && (block || e.line() <= 1);
    findings.error(
        known ? line : node.line(),
        known ? before + e.column() : node.column(),
        code,
        e.what(),
        advice(e));
  }

  /** A diagnose step that may not have ended yet can be waited for. */
  private String advice(ExpressionException e) {
    Matcher early = EARLY.matcher(e.what());
    return early.matches() && diagnosed.contains(early.group(1))
        ? "wait for it: needs: [" + early.group(1) + "]"
        : e.advice();
  }

  private int indent(int line) {
    String text = line <= lines.length ? lines[line - 1] : "";
    return text.length() - text.stripLeading().length();
  }
}
