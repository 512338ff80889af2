package dev.firebreak.run;

import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Pending;
import dev.firebreak.run.StepState.Ready;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Underway;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import java.util.EnumSet;
import java.util.Set;

/** What can happen to a step. All edges of the step machine stand in {@link #from}. */
public sealed interface StepEvent {
  /** It is put before the guards. */
  record Propose() implements StepEvent {}

  /** An attempt begins. */
  record Begin(Running running) implements StepEvent {}

  /** Its parts begin. */
  record Open(Underway underway) implements StepEvent {}

  /** It must wait. */
  record Hold(Waiting waiting) implements StepEvent {}

  /** Nobody knows how its attempt ended. */
  record LoseTrack(Unknown unknown) implements StepEvent {}

  /** It ends. */
  record Finish(Ended ended) implements StepEvent {}

  /** A human has it tried again: it is as if nothing had happened to it. */
  record Reopen() implements StepEvent {}

  /**
   * The state after this event.
   *
   * @throws IllegalStateException when there is no such edge: a defect of the planner
   */
  default StepState from(StepState state) {
    if (!allowed(state)) {
      throw new IllegalStateException("no edge from " + state + " by " + this);
    }
    return switch (this) {
      case Propose propose -> new Ready();
      case Begin begin -> begin.running();
      case Open open -> open.underway();
      case Hold hold -> hold.waiting();
      case LoseTrack lose -> lose.unknown();
      case Finish finish -> finish.ended();
      case Reopen reopen -> new Pending();
    };
  }

  /** Whether there is an edge from this state; what is not named here is not allowed. */
  default boolean allowed(StepState state) {
    return switch (state) {
      case Pending pending ->
          switch (this) {
            case Propose propose -> true;
            case Begin begin -> begin.running().intent() == null;
            case Open open -> true;
            case Hold hold -> true;
            case LoseTrack lose -> false;
            case Finish finish -> ends(finish, EnumSet.of(End.FAILED, End.SKIPPED, End.CANCELLED));
            case Reopen reopen -> false;
          };
      case Ready ready ->
          switch (this) {
            case Propose propose -> false;
            case Begin begin -> begin.running().intent() != null;
            case Open open -> false;
            case Hold hold -> !hold.waiting().what().ofItsOwn();
            case LoseTrack lose -> false;
            case Finish finish -> ends(finish, EnumSet.of(End.FAILED, End.SKIPPED, End.CANCELLED));
            case Reopen reopen -> false;
          };
      case Running running ->
          switch (this) {
            case Propose propose -> false;
            case Begin begin -> false;
            case Open open -> false;
            case Hold hold -> hold.waiting().what() == WaitFor.TIMER;
            case LoseTrack lose -> lose.unknown().intent().equals(running.intent());
            case Finish finish ->
                ends(finish, EnumSet.of(End.SUCCEEDED, End.FAILED, End.CANCELLED));
            case Reopen reopen -> false;
          };
      case Underway underway ->
          switch (this) {
            case Propose propose -> false;
            case Begin begin -> false;
            case Open open -> false;
            case Hold hold -> false;
            case LoseTrack lose -> false;
            case Finish finish -> true;
            case Reopen reopen -> false;
          };
      case Waiting waiting ->
          switch (this) {
            case Propose propose ->
                waiting.what() != WaitFor.ACKNOWLEDGEMENT && !waiting.what().ofItsOwn();
            case Begin begin -> waiting.what() == WaitFor.TIMER && begin.running().intent() == null;
            case Open open -> waiting.what() == WaitFor.TIMER;
            case Hold hold -> hold.waiting().what() == waiting.what();
            case LoseTrack lose -> false;
            case Finish finish ->
                finish.ended().end() != End.SUCCEEDED
                    || waiting.what() == WaitFor.ACKNOWLEDGEMENT
                    || waiting.what().ofItsOwn();
            case Reopen reopen -> false;
          };
      case Unknown unknown ->
          switch (this) {
            case Propose propose -> false;
            case Begin begin -> false;
            case Open open -> false;
            case Hold hold -> false;
            case LoseTrack lose -> false;
            case Finish finish -> ends(finish, EnumSet.of(End.SUCCEEDED, End.FAILED));
            case Reopen reopen -> true;
          };
      case Ended ended ->
          switch (this) {
            case Propose propose -> false;
            case Begin begin -> false;
            case Open open -> false;
            case Hold hold -> false;
            case LoseTrack lose -> false;
            case Finish finish -> ended.end() == End.FAILED && finish.ended().end() == End.SKIPPED;
            case Reopen reopen -> true;
          };
    };
  }

  private static boolean ends(Finish finish, Set<End> allowed) {
    return allowed.contains(finish.ended().end());
  }
}
