package dev.firebreak.demo;

import dev.firebreak.run.JournalEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The limit is reached, so people decide: in the first act two of them agree, in the second one
 * breaks the glass. They are played, or whoever watches plays them.
 */
final class ThirdOutage {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration HUMAN = Duration.ofHours(1);

  private final DemoOrder order;
  private final String url;
  private final Screen screen;
  private final Witness witness;
  private final Cast cast;
  private final List<Asked> asked = new ArrayList<>();

  ThirdOutage(DemoOrder order, String url, Screen screen, Witness witness, Cast cast) {
    this.order = order;
    this.url = url;
    this.screen = screen;
    this.witness = witness;
    this.cast = cast;
  }

  /** What people were asked, in order. */
  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** Act one: a quorum of two, reached after the gate walked on to the backup. */
  void agree(int mark) throws IOException, InterruptedException {
    String gate = raise(mark);
    screen.blank();
    screen.more(
        screen.strong("Its limit is reached, so Firebreak asks humans: two have to agree."));
    screen.more("You and ana are on call. Ana does not answer, so after %d s".formatted(walk()));
    screen.more("it walks on and asks ben, the backup, too. No time ever opens a gate.");
    screen.more("Open    " + screen.strong(url + "/gates/" + gate));
    if (order.yes()) {
      screen.more("--yes   approves for you, and then for ben");
      screen.blank();
      cast.you().approve(gate, "the third time within the hour; the threads say why");
    } else {
      login(cast.you());
      screen.more("Log in with the token, look at the plan, approve or reject. This waits.");
      screen.blank();
    }
    JournalEntry walked =
        witness.await(mark, "the gate walks on", order.yes() ? SOON : HUMAN, walkedOrOver());
    if (walked.kind().equals("gate.walked")) {
      askBen(gate);
    }
  }

  private void askBen(String gate) throws IOException, InterruptedException {
    if (order.yes()) {
      cast.ben().approve(gate, "agreed: restart it once more, we look for the cause tomorrow");
      return;
    }
    screen.blank();
    screen.more("Now ben is asked, too. Be ben, in a private window or after logging out,");
    screen.more("and approve: the page says how many have. After %d s more,".formatted(walk()));
    screen.more("dora, the duty manager, is asked; %d s after that it is over.".formatted(walk()));
    login(cast.ben());
    screen.blank();
  }

  /** Act two: nobody who is asked is there, and the duty manager decides alone. */
  void breakGlass(int mark) throws IOException, InterruptedException {
    String gate = raise(mark);
    screen.blank();
    screen.more(screen.strong("Two are asked again, and nobody is there. Dora, the duty manager,"));
    screen.more(screen.strong("may break the glass: she decides alone and says why."));
    screen.more("Everybody hears of it, and somebody else has to look at it afterwards.");
    screen.more("Open    " + screen.strong(url + "/gates/" + gate));
    if (order.yes()) {
      screen.more("--yes   breaks it for dora");
      screen.blank();
      cast.dora().breakGlass(gate, "nobody answers at night, and the patient must not wait");
    } else {
      login(cast.dora());
      screen.more("Log in as dora, open 'Break the glass' below the plan, say why.");
      screen.more("You have %d s until it is over.".formatted(walk() * 3));
      screen.blank();
    }
  }

  /** Afterwards: whoever did not break it looks at what was done, and closes the review. */
  void review() throws IOException, InterruptedException {
    int mark = witness.mark();
    if (witness.count("gate.glass_broken") == witness.count("review.closed")) {
      return;
    }
    screen.blank();
    screen.more(screen.strong("A review is open until somebody else has closed it: not dora."));
    screen.more("Open    " + screen.strong(url + "/reviews"));
    if (order.yes()) {
      screen.more("--yes   closes it for ben");
      screen.blank();
      cast.ben().closeReview(asked.getLast().run(), "dora was right; the lock is a known bug");
    } else {
      login(cast.ben());
      screen.more("Log in as ben, say what you found, close it. This waits.");
      screen.blank();
    }
    witness.await(
        mark,
        "the review is closed",
        order.yes() ? SOON : HUMAN,
        entry -> entry.kind().equals("review.closed"));
  }

  private String raise(int mark) throws IOException, InterruptedException {
    JournalEntry opened =
        witness.await(mark, "humans are asked", SOON, is -> is.kind().equals("gate.opened"));
    String gate = cast.you().openGate();
    asked.add(new Asked(gate, String.valueOf(opened.runId())));
    return gate;
  }

  private void login(Gatekeeper person) {
    screen.more("Token   %s (%s)".formatted(screen.strong(person.token()), person.name()));
  }

  private long walk() {
    return order.walk().toSeconds();
  }

  private static Predicate<JournalEntry> walkedOrOver() {
    return entry -> entry.kind().equals("gate.walked") || Outage.isEndOfRunOrCall(entry);
  }
}
