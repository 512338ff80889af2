package dev.firebreak.simulation;

import dev.firebreak.action.Invocation;
import dev.firebreak.guard.Intent;

/** One try of a change: what one intent decides. */
record Attempt(String run, String step, int number) {
  static Attempt of(Invocation invocation) {
    return new Attempt(invocation.runId(), invocation.stepId(), invocation.attempt());
  }

  static Attempt of(Intent intent) {
    return new Attempt(intent.runId(), intent.step(), intent.attempt());
  }

  @Override
  public String toString() {
    return "%s/%s#%d".formatted(run, step, number);
  }
}
