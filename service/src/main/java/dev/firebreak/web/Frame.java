package dev.firebreak.web;

import dev.firebreak.engine.Orders;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.HaltScope;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes what stands around every page. */
final class Frame {
  /** The only things a page can be told to have done: the address cannot put words into it. */
  private static final Map<String, String> SAID =
      Map.ofEntries(
          Map.entry("acknowledged", "Acknowledged. Nobody else is called for this incident."),
          Map.entry("resolved", "Resolved. The postmortem draft is ready."),
          Map.entry("noted", "Note added to the timeline."),
          Map.entry("paused", "Paused. No new step begins."),
          Map.entry("resumed", "Resumed."),
          Map.entry("cancelled", "Cancelled. This run never acts again."),
          Map.entry("retried", "It is tried again, if nothing stands in its way."),
          Map.entry(
              "stored",
              "Stored. This run belongs to another node, which will carry it out when it answers."),
          Map.entry("signalled", "Sent. The step that waits for it goes on."),
          Map.entry("skipped", "Skipped. The run goes on without it."),
          Map.entry("answered", "Your answer is on the record; the run goes on from there."),
          Map.entry("approved", "Your approval is counted."),
          Map.entry("rejected", "Rejected. That is final."),
          Map.entry("seen", "On the record: you have seen that nobody received it."),
          Map.entry("frozen", "The freeze holds."),
          Map.entry("thawed", "The freeze is ended or lifted."),
          Map.entry(
              "automation",
              "The switch is set. If anything piled up meanwhile, it is below: choose what becomes"
                  + " of it."),
          Map.entry("chosen", "Done, for every run you saw."),
          Map.entry("promoted", "Promoted. This version makes its changes from now on."),
          Map.entry("withdrawn", "Withdrawn. This version rehearses from now on."),
          Map.entry("closed", "The breaker is closed. Changes are made again."),
          Map.entry(
              "snoozed", "Snoozed. Nobody is called until then; then somebody is asked again."),
          Map.entry("handedover", "Called. It is theirs when they acknowledge."),
          Map.entry("helped", "Called to help."),
          Map.entry("taken", "Taken. Calls go there from now on."),
          Map.entry("givenback", "Given back. The plan counts again."),
          Map.entry("reviewed", "The review is closed."),
          Map.entry("codesent", "Sent. Enter the code here within 30 minutes."),
          Map.entry("verified", "Verified: what is sent there arrives."),
          Map.entry("goodbye", "Signed out."));

  private final Orders orders;
  private final InstantSource clock;
  private final Shell.Files files;

  Frame(Orders orders, InstantSource clock, Shell.Files files) {
    this.orders = orders;
    this.clock = clock;
    this.files = files;
  }

  Shell around(Sheet sheet, @Nullable Visit visit, @Nullable String said, int waiting) {
    Times times = new Times(clock.instant());
    Automation automation = orders.automation();
    return new Shell(
        sheet.title(),
        visit == null ? null : visitor(sheet, visit, waiting, automation),
        visit == null ? "" : visit.session().csrf(),
        visit == null ? null : halt(automation, orders.haltedParts(), times),
        said == null ? null : SAID.get(said),
        times.when(times.now()).iso(),
        sheet.live(),
        files);
  }

  private static Shell.Visitor visitor(Sheet sheet, Visit visit, int waiting, Automation is) {
    String count = waiting == 0 ? null : Integer.toString(waiting);
    List<Shell.Nav> nav =
        List.of(
            nav(sheet, "/", "Incidents", null),
            nav(sheet, "/gates", "Gates", count),
            nav(sheet, "/runbooks", "Runbooks", null),
            nav(sheet, "/schedules", "On call", null),
            nav(sheet, "/channels", "Channels", null),
            nav(sheet, "/automation", "Automation", null));
    return new Shell.Visitor(
        visit.who().name(), Fault.roles(visit.who()), nav, Badge.of(is.mode()));
  }

  private static Shell.Nav nav(Sheet sheet, String href, String word, @Nullable String count) {
    return new Shell.Nav(href, word, sheet.place().equals(href), count);
  }

  /** What every page says while automation is not on, be it for a part. */
  static Shell.@Nullable Halt halt(Automation whole, List<Automation> parts, Times times) {
    if (whole.mode() == Automation.Mode.ON && parts.isEmpty()) {
      return null;
    }
    Automation is = whole.mode() == Automation.Mode.ON ? parts.getFirst() : whole;
    int others = parts.size() - (is.scope().equals(HaltScope.ALL) ? 0 : 1);
    return new Shell.Halt(
        Badge.of(is.mode()),
        sentence(is) + (others == 0 ? "" : " And " + others + " more in part."),
        is.reason(),
        TimelineReader.actor(is.by()),
        times.when(is.at()),
        times.whenKnown(is.until()));
  }

  private static String sentence(Automation is) {
    String what = is.scope().equals(HaltScope.ALL) ? "" : " for " + is.scope().inWords();
    return is.mode() == Automation.Mode.OFF
        ? "Automation is off%s: nothing is changed.".formatted(what)
        : "Automation asks first%s: every change waits for a human.".formatted(what);
  }
}
