package dev.firebreak.runbook;

import dev.firebreak.core.Nearest;
import dev.firebreak.runbook.RunbookCase.Expect;
import dev.firebreak.runbook.RunbookCase.Given;
import dev.firebreak.runbook.RunbookCase.Stub;
import dev.firebreak.runbook.RunbookCase.Vote;
import dev.firebreak.runbook.YamlNode.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the tests of a runbook. */
final class CaseReader {
  private final Values values;
  private final Layout layout;
  private final Findings findings;

  CaseReader(Values values, Layout layout, Findings findings) {
    this.values = values;
    this.layout = layout;
    this.findings = findings;
  }

  List<RunbookCase> read(@Nullable YamlNode tests, List<Rung> ladder) {
    return YamlNode.items(tests).stream().map(test -> test(test, ladder)).toList();
  }

  private RunbookCase test(YamlNode test, List<Rung> ladder) {
    String name = values.text(test, "name", "");
    YamlNode resolve = YamlNode.at(test, "resolve_after");
    return new RunbookCase(
        name,
        test.line(),
        given(YamlNode.at(test, "alert"), YamlNode.at(test, "inputs"), name),
        stubs(YamlNode.at(test, "steps")),
        history(YamlNode.at(test, "history"), ladder),
        votes(test, ladder),
        resolve == null ? null : values.duration(resolve, Duration.ZERO),
        expect(YamlNode.at(test, "expect")));
  }

  private Given given(@Nullable YamlNode alert, @Nullable YamlNode inputs, String name) {
    return new Given(
        values.text(alert, "source", "test"),
        values.text(alert, "fingerprint", "test"),
        !values.text(alert, "status", "firing").equals("resolved"),
        texts(YamlNode.at(alert, "labels")),
        texts(YamlNode.at(alert, "annotations")),
        values.text(alert, "severity", ""),
        values.text(alert, "summary", name),
        values.text(alert, "link", ""),
        values(inputs));
  }

  private static Map<String, Object> values(@Nullable YamlNode node) {
    Map<String, Object> values = new LinkedHashMap<>();
    YamlNode.fields(node)
        .forEach(
            (name, field) -> {
              Object value = YamlNode.plain(field.value());
              if (value != null) {
                values.put(name, value);
              }
            });
    return values;
  }

  private static Map<String, String> texts(@Nullable YamlNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    YamlNode.fields(node)
        .forEach(
            (key, field) -> {
              String text = YamlNode.text(field.value());
              texts.put(key, text == null ? "" : text);
            });
    return texts;
  }

  private Map<String, List<Stub>> stubs(@Nullable YamlNode node) {
    Map<String, List<Stub>> stubs = new LinkedHashMap<>();
    YamlNode.fields(node)
        .forEach(
            (id, field) -> {
              known(id, field.line(), field.column(), layout.everything());
              YamlNode value = field.value();
              List<YamlNode> each =
                  value instanceof YamlNode.Items items ? items.items() : List.of(value);
              stubs.put(id, each.stream().map(this::stub).toList());
            });
    return stubs;
  }

  private Stub stub(YamlNode node) {
    String failed = values.text(node, "failed");
    String unknown = values.text(node, "unknown");
    long said =
        List.of("ok", "failed", "unknown").stream()
            .filter(YamlNode.fields(node)::containsKey)
            .count();
    if (said != 1) {
      findings.error(
          node, "wrong-value", "must say one of ok: true, failed: reason, unknown: reason", "");
    }
    Stub.How how =
        failed != null ? Stub.How.FAILED : unknown != null ? Stub.How.UNKNOWN : Stub.How.OK;
    String reason = failed != null ? failed : unknown != null ? unknown : "";
    return new Stub(how, reason, output(node), values.duration(node, "takes", Duration.ZERO));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> output(YamlNode node) {
    return YamlNode.at(node, "output") instanceof YamlNode.Fields fields
            && YamlNode.plain(fields) instanceof Map<?, ?> map
        ? (Map<String, Object>) map
        : Map.of();
  }

  private Map<String, List<Duration>> history(@Nullable YamlNode node, List<Rung> ladder) {
    Map<String, List<Duration>> history = new LinkedHashMap<>();
    Map<String, Field> named = YamlNode.fields(node);
    check(named, layout.rungs());
    for (Rung rung : ladder) {
      Field field = named.get(rung.id());
      YamlNode own = field == null ? node : field.value();
      if (own instanceof YamlNode.Items items) {
        history.put(rung.id(), items.items().stream().map(this::age).toList());
      } else if (own instanceof YamlNode.Scalar scalar && scalar.value() instanceof Long count) {
        history.put(rung.id(), spread(rung, Math.clamp(count, 0, 100)));
      }
    }
    return history;
  }

  private Duration age(YamlNode node) {
    return values.duration(node, Duration.ZERO);
  }

  private static List<Duration> spread(Rung rung, int count) {
    Duration window = rung.limit() == null ? Duration.ofHours(1) : rung.limit().per();
    Duration rest = rung.cooldown().compareTo(window) < 0 ? rung.cooldown() : Duration.ZERO;
    List<Duration> ages = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      ages.add(rest.plus(window.minus(rest).multipliedBy(i).dividedBy(count + 1L)));
    }
    return ages;
  }

  private Map<String, List<Vote>> votes(YamlNode test, List<Rung> ladder) {
    Map<String, List<Vote>> votes = new LinkedHashMap<>();
    for (String word : List.of("approve", "reject")) {
      YamlNode node = YamlNode.at(test, word);
      check(YamlNode.fields(node), layout.rungs());
      boolean approve = word.equals("approve");
      for (Rung asked : ladder) {
        String rung = asked.id();
        YamlNode own = node instanceof YamlNode.Fields fields ? fields.value(rung) : node;
        List<Vote> cast =
            YamlNode.items(own).stream()
                .map(item -> fitting(item, vote(item, approve), asked.form()))
                .toList();
        if (!cast.isEmpty()) {
          votes.computeIfAbsent(rung, id -> new ArrayList<>()).addAll(cast);
        }
      }
    }
    return votes;
  }

  private Vote vote(YamlNode node, boolean approve) {
    String by = YamlNode.text(node);
    return by == null
        ? new Vote(
            values.text(node, "by", ""),
            approve,
            values.duration(node, "after", Duration.ZERO),
            values(YamlNode.at(node, "answers")))
        : new Vote(by, approve, Duration.ZERO);
  }

  /** Who approves fills in the form as people have to. */
  private Vote fitting(YamlNode node, Vote vote, AnswerForm form) {
    if (vote.approve()) {
      YamlNode answers = YamlNode.at(node, "answers");
      form.fill(vote.answers())
          .faults()
          .forEach(
              (field, fault) -> {
                YamlNode own = YamlNode.at(answers, field);
                YamlNode at = own == null ? answers : own;
                findings.error(
                    at == null ? node : at,
                    "wrong-value",
                    "the answer '%s' %s".formatted(field, fault),
                    "say {by: %s, answers: {%s: …}}".formatted(vote.by(), field));
              });
    }
    return vote;
  }

  private void check(Map<String, Field> named, List<String> ids) {
    named.forEach((id, field) -> known(id, field.line(), field.column(), Set.copyOf(ids)));
  }

  private void known(String id, int line, int column, Set<String> ids) {
    if (!layout.named(id, ids)) {
      findings.error(
          line, column, "unknown-step", "there is no step '" + id + "'", Nearest.advice(id, ids));
    }
  }

  private Expect expect(@Nullable YamlNode node) {
    boolean notStarted = values.flag(node, "not_started", false);
    if (notStarted && node != null && YamlNode.fields(node).size() > 1) {
      findings.error(
          node, "wrong-value", "what is not started has no outcome", "say not_started alone");
    }
    return new Expect(
        values.text(node, "outcome"),
        ids(YamlNode.at(node, "ran"), layout.everything()),
        ids(YamlNode.at(node, "skipped"), layout.everything()),
        ids(YamlNode.at(node, "asked"), Set.copyOf(layout.rungs())),
        refused(YamlNode.at(node, "refused")),
        notStarted);
  }

  private @Nullable List<String> ids(@Nullable YamlNode node, Set<String> all) {
    if (node == null) {
      return null;
    }
    for (YamlNode item : YamlNode.items(node)) {
      String id = YamlNode.text(item);
      if (id != null) {
        known(id, item.line(), item.column(), all);
      }
    }
    return values.texts(node);
  }

  private @Nullable Map<String, String> refused(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    check(YamlNode.fields(node), layout.rungs());
    Map<String, String> refused = new LinkedHashMap<>(texts(node));
    List<String> ids = ids(node, Set.copyOf(layout.rungs()));
    if (ids != null) {
      ids.forEach(id -> refused.put(id, ""));
    }
    return refused;
  }
}
