package dev.firebreak.runbook;

import dev.firebreak.expression.Condition;
import dev.firebreak.expression.Escape;
import dev.firebreak.expression.Scope;
import dev.firebreak.expression.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The second pass: makes a runbook of a tree, and reports what does not mean anything. */
final class RunbookReader {
  private final YamlNode root;
  private final Values values;
  private final Expressions expressions;
  private final Layout layout;
  private final StepReader steps;
  private final RungReader rungs;
  private final CaseReader cases;
  private final Findings findings;

  RunbookReader(YamlNode root, String text, ActionVocabulary actions, Findings findings) {
    this.root = root;
    this.findings = findings;
    values = new Values(findings);
    layout = new Layout(root, findings);
    expressions = new Expressions(findings, text, layout.diagnosed());
    CallReader calls = new CallReader(actions, expressions, findings);
    steps = new StepReader(values, expressions, calls);
    FreshnessReader evidence = new FreshnessReader(root, layout, findings);
    rungs = new RungReader(values, expressions, calls, layout, evidence, findings);
    cases = new CaseReader(values, layout, findings);
  }

  Runbook read(String text, String version) {
    String name = values.text(root, "runbook", "");
    List<Rung> ladder = ladder();
    return new Runbook(
        name,
        values.text(root, "title", name),
        values.text(root, "owner", ""),
        trigger(YamlNode.at(root, "on")),
        vars(),
        diagnose(),
        ladder,
        escalate(YamlNode.at(root, "escalate")),
        conclude(),
        cases.read(YamlNode.at(root, "tests"), ladder),
        values.duration(root, "deadline", Runbook.DEADLINE),
        new ContractReader(values, expressions, findings).read(root, layout.outputs()),
        authors(),
        version,
        text);
  }

  private List<String> authors() {
    YamlNode node = YamlNode.at(root, "author");
    String one = YamlNode.text(node);
    return one == null ? values.texts(node) : List.of(one);
  }

  private Trigger trigger(@Nullable YamlNode on) {
    if (on == null) {
      return Trigger.CALLED;
    }
    Condition alert = expressions.condition(YamlNode.at(on, "alert"), Scope.ALERT);
    boolean goesOn = values.text(on, "on_resolve", "cancel").equals("continue");
    return new Trigger(
        Objects.requireNonNullElse(alert, NEVER),
        expressions.template(YamlNode.at(on, "incident"), Escape.KEY, Scope.ALERT),
        goesOn ? Trigger.OnResolve.CONTINUE : Trigger.OnResolve.CANCEL);
  }

  private static final Condition NEVER =
      new Condition() {
        @Override
        public boolean test(Map<String, ?> model) {
          return false;
        }

        @Override
        public String source() {
          return "false";
        }
      };

  private Map<String, Template> vars() {
    Map<String, Template> vars = new LinkedHashMap<>();
    YamlNode.fields(YamlNode.at(root, "vars"))
        .forEach(
            (name, field) ->
                vars.put(name, expressions.template(field.value(), Escape.TEXT, layout.var(name))));
    return vars;
  }

  private List<Step> diagnose() {
    return YamlNode.items(YamlNode.at(root, "diagnose")).stream()
        .map(node -> steps.diagnosis(node, layout.diagnosis(values.text(node, "id"))))
        .toList();
  }

  private List<Rung> ladder() {
    List<Rung> ladder = new ArrayList<>();
    for (YamlNode node : YamlNode.items(YamlNode.at(root, "remediate"))) {
      ladder.add(rungs.read(node, ladder.size()));
    }
    return ladder;
  }

  private @Nullable Escalate escalate(@Nullable YamlNode node) {
    return node == null
        ? null
        : new Escalate(
            values.text(node, "to", ""),
            expressions.condition(YamlNode.at(node, "when"), layout.escalate()));
  }

  private List<Step> conclude() {
    List<Step> reports = new ArrayList<>();
    for (YamlNode node : YamlNode.items(YamlNode.at(root, "finally"))) {
      String id = Layout.reportId(node, reports.size() + 1);
      reports.add(steps.report(node, id, layout.report(reports.size())));
    }
    return reports;
  }
}
