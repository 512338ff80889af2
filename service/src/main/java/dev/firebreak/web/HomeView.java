package dev.firebreak.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of incidents.
 *
 * @param first whether this is the first page, which shows what is open and what is needed
 * @param needs whether somebody is needed at all
 * @param halted what piled up while automation was off, or null
 * @param older where the older ones are, or null
 */
record HomeView(
    boolean first,
    boolean needs,
    @Nullable String halted,
    List<Lost> unheard,
    List<GateCard> gates,
    List<Call> calls,
    List<Row> open,
    boolean calm,
    List<Row> past,
    boolean anyPast,
    @Nullable String older) {
  /** People are being called and nobody has answered, or a run cannot go on without a word. */
  record Call(String href, String title, String why, Times.When since, String what) {}

  /** A message that nobody received, and nobody has seen to. */
  record Lost(String id, String href, String what, String error, Times.When since) {}

  /** One incident. */
  record Row(
      String id,
      String title,
      String key,
      String owner,
      Badge severity,
      Badge status,
      Times.When opened,
      String hands,
      @Nullable RunMark run) {}

  /** The newest run of an incident. */
  record RunMark(String id, String runbook, Badge status) {}
}
