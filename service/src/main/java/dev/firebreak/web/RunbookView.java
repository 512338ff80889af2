package dev.firebreak.web;

import dev.firebreak.core.Durations;
import dev.firebreak.expression.Template;
import dev.firebreak.runbook.Approve;
import dev.firebreak.runbook.Freshness;
import dev.firebreak.runbook.Limit;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.Step;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One runbook: what starts it, what it would do, within which limits. */
record RunbookView(
    String name,
    String title,
    String owner,
    String version,
    String trigger,
    String incident,
    String onResolve,
    List<Look> diagnose,
    boolean anyDiagnose,
    List<Fix> ladder,
    boolean anyLadder,
    String escalate,
    List<Look> conclude,
    boolean anyConclude,
    Excerpt source,
    @Nullable PromotionCard promotion) {
  private static final int SOURCE = 30_000;
  private static final int VERSION = 12;

  /** A reading or reporting step. */
  record Look(String id, String name, String action, String when, String needs) {}

  /** A rung of the ladder. */
  record Fix(
      String id,
      String name,
      String action,
      String when,
      List<String> targets,
      String limit,
      String cooldown,
      String evidence,
      String approve,
      String verify,
      String undo,
      boolean idempotent) {}

  static RunbookView of(Runbook book, @Nullable PromotionCard promotion) {
    return new RunbookView(
        book.name(),
        book.title(),
        book.owner(),
        book.version().substring(0, Math.min(VERSION, book.version().length())),
        book.on().alert().source(),
        book.on().incident().source(),
        switch (book.on().onResolve()) {
          case CANCEL -> "pending changes are withdrawn";
          case CONTINUE -> "the run goes on";
        },
        book.diagnose().stream().map(RunbookView::look).toList(),
        !book.diagnose().isEmpty(),
        book.remediate().stream().map(RunbookView::fix).toList(),
        !book.remediate().isEmpty(),
        book.escalate() == null ? "" : book.escalate().to(),
        book.conclude().stream().map(RunbookView::look).toList(),
        !book.conclude().isEmpty(),
        Excerpt.of(book.source(), SOURCE),
        promotion);
  }

  private static Look look(Step step) {
    return new Look(
        step.id(),
        step.name(),
        step.call().action(),
        step.when() == null ? "" : step.when().source(),
        String.join(", ", step.needs()));
  }

  private static Fix fix(Rung rung) {
    return new Fix(
        rung.id(),
        rung.name(),
        rung.steps().isEmpty() ? rung.change().action() : rung.steps().size() + " steps",
        rung.when() == null ? "" : rung.when().source(),
        rung.targets().stream().map(Template::source).toList(),
        limit(rung),
        rung.cooldown().equals(Duration.ZERO) ? "" : Durations.text(rung.cooldown()),
        evidence(rung.evidence()),
        approve(rung),
        verify(rung),
        undo(rung),
        rung.idempotent());
  }

  private static String evidence(Freshness evidence) {
    String steps = String.join(", ", new TreeSet<>(evidence.steps()));
    if (steps.isEmpty() || evidence.maxAge() == null) {
      return steps.isEmpty() ? "" : steps + ", however old";
    }
    return "%s, at most %s old, else gathered again"
        .formatted(steps, Durations.text(evidence.maxAge()));
  }

  private static String undo(Rung rung) {
    if (!rung.steps().isEmpty()) {
      return "step by step, in reverse";
    }
    return rung.undo() == null ? "nothing to take back" : rung.undo().call().action();
  }

  private static String limit(Rung rung) {
    Limit limit = rung.limit();
    if (limit == null) {
      return "none of its own";
    }
    String over =
        switch (limit.over()) {
          case ASK -> ", then people are asked";
          case QUEUE -> ", then it waits for room";
          case REFUSE -> ", then refused";
        };
    return "%d per %s for one target%s".formatted(limit.max(), Durations.text(limit.per()), over);
  }

  private static String approve(Rung rung) {
    Approve approve = rung.approve();
    if (approve == null) {
      return "";
    }
    String when = approve.when() == null ? "always" : "when " + approve.when().source();
    String walks =
        approve.then().stream()
            .map(names -> ", then " + String.join(", ", names))
            .collect(Collectors.joining());
    return "%s: %d of %s%s, each within %s"
        .formatted(
            when,
            approve.quorum(),
            String.join(", ", approve.by()),
            walks,
            Durations.text(approve.within()));
  }

  private static String verify(Rung rung) {
    if (rung.verify() == null) {
      return "";
    }
    String expect =
        rung.verify().expect() == null ? "" : " expects " + rung.verify().expect().source();
    return "%s%s, within %s"
        .formatted(rung.verify().call().action(), expect, Durations.text(rung.verify().within()));
  }
}
