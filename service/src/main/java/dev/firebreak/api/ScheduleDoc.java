package dev.firebreak.api;

import dev.firebreak.oncall.Board;
import dev.firebreak.oncall.Cover;
import dev.firebreak.oncall.Shift;
import dev.firebreak.oncall.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schedule with its shifts. {@code now} is not there while nobody is on call. */
@Wire
record ScheduleDoc(
    String name,
    String timezone,
    @Nullable ShiftDoc now,
    List<ShiftDoc> next,
    List<ShiftDoc> shifts,
    List<GapDoc> gaps,
    List<CoverDoc> overrides) {
  private static final int NEXT = 5;

  static ScheduleDoc of(Board board) {
    return new ScheduleDoc(
        board.name(),
        board.timezone().getId(),
        board.current().map(ShiftDoc::of).orElse(null),
        board.next().stream().limit(NEXT).map(ShiftDoc::of).toList(),
        board.shifts().stream().map(ShiftDoc::of).toList(),
        board.gaps().stream().map(GapDoc::of).toList(),
        board.covers().stream().map(CoverDoc::of).toList());
  }

  /** All schedules. */
  @Wire
  record All(List<Line> items) {}

  /** A schedule in the list of all. */
  @Wire
  record Line(
      String name,
      String timezone,
      @Nullable ShiftDoc now,
      @Nullable ShiftDoc next,
      @Nullable GapDoc gap) {
    static Line of(Board board) {
      return new Line(
          board.name(),
          board.timezone().getId(),
          board.current().map(ShiftDoc::of).orElse(null),
          board.next().stream().findFirst().map(ShiftDoc::of).orElse(null),
          board.gaps().stream()
              .filter(gap -> gap.to().isAfter(board.now()))
              .findFirst()
              .map(GapDoc::of)
              .orElse(null));
    }
  }

  /** A stretch with somebody; {@code planned} is whom the plan had instead. */
  @Wire
  record ShiftDoc(String person, String from, String to, @Nullable String planned) {
    static ShiftDoc of(Shift shift) {
      return new ShiftDoc(
          shift.person(),
          Times.text(shift.span().from()),
          Times.text(shift.span().to()),
          shift.planned());
    }
  }

  /** A stretch with nobody. */
  @Wire
  record GapDoc(String from, String to) {
    static GapDoc of(Span span) {
      return new GapDoc(Times.text(span.from()), Times.text(span.to()));
    }
  }

  /** An override. */
  @Wire
  record CoverDoc(
      String id, String person, String from, String to, String reason, String by, String at) {
    static CoverDoc of(Cover cover) {
      return new CoverDoc(
          cover.id(),
          cover.person(),
          Times.text(cover.span().from()),
          Times.text(cover.span().to()),
          cover.reason(),
          cover.by(),
          Times.text(cover.at()));
    }
  }
}
