package dev.firebreak.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.core.Reason;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.guard.promotion.Rehearsed;
import dev.firebreak.run.NewRun;
import dev.firebreak.run.Parent;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.run.WaitFor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every page, over HTTP, on a real database in memory. */
class PagesTest {
  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\\s+[a-zA-Z-]+(?:=\"[^\"<>]*\")?)*)\\s*>");
  private static final Set<String> VOID = Set.of("meta", "link", "input", "br", "hr");
  private static final int MOST = 50_000;

  private static TestConsole console;
  private static Scene scene;

  @BeforeAll
  static void start() throws Exception {
    console = new TestConsole("pages").start();
    scene = console.scene;
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @BeforeEach
  void forget() {
    scene.orders.given.clear();
    scene.orders.refusal = null;
  }

  private static Browser ana() throws Exception {
    return Browser.of(console, "ana");
  }

  private static List<String> all() {
    return List.of(
        "/",
        "/?before=" + scene.over,
        "/incidents/" + scene.open,
        "/incidents/" + scene.taken,
        "/incidents/" + scene.over,
        "/incidents/" + scene.evil,
        "/incidents/" + scene.over + "/postmortem",
        "/incidents/" + scene.open + "/postmortem",
        "/runs/" + scene.waitingRun,
        "/runs/" + scene.unsureRun,
        "/gates",
        "/gates/" + scene.gate,
        "/gates/" + scene.decided,
        "/gates/" + scene.evilGate,
        "/runbooks",
        "/runbooks/redis-down",
        "/channels",
        "/schedules",
        "/freezes",
        "/breakers",
        "/reviews",
        "/limits",
        "/contacts",
        "/automation");
  }

  @Test
  void everyPage_isSmallWholeAndWithoutForeignOrInlineCode() throws Exception {
    Browser browser = ana();
    for (String path : all()) {
      HttpResponse<String> page = browser.get(path);
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(page.body().getBytes(StandardCharsets.UTF_8)).as(path).hasSizeLessThan(MOST);
      wellFormed(path, page.body());
      String shown = page.body();
      assertThat(shown)
          .as(path)
          .doesNotContain(Scene.EVIL, "<img", "\u202E", " style=\"", "onerror=\"");
      assertThat(shown).as(path).containsOnlyOnce("<script ").doesNotContain("src=\"http");
      assertThat(page.headers().allValues("Content-Security-Policy"))
          .as(path)
          .containsExactly(PageHeaders.POLICY);
      assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-store");
      assertThat(page.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    }
  }

  /** Every tag is closed in order, and every attribute is quoted. */
  private static void wellFormed(String path, String html) {
    Deque<String> open = new ArrayDeque<>();
    Matcher tag = TAG.matcher(html);
    int last = 0;
    while (tag.find()) {
      assertThat(html.substring(last, tag.start()).replace("<!doctype html>", ""))
          .as("text between tags of " + path)
          .doesNotContain("<");
      last = tag.end();
      String name = tag.group(2);
      if (tag.group(1).equals("/")) {
        assertThat(open.poll()).as(path + " at " + last).isEqualTo(name);
      } else if (!VOID.contains(name)) {
        open.push(name);
      }
    }
    assertThat(open).as(path).isEmpty();
    assertThat(html).contains("<html lang=\"en\">", "<main id=\"main\"", "<title>");
  }

  @Test
  void everyPage_withoutSession_showsNothing() throws Exception {
    Browser stranger = new Browser(console.url());
    for (String path : all()) {
      HttpResponse<String> page = stranger.get(path);
      assertThat(page.statusCode()).as(path).isEqualTo(401);
      assertThat(page.body()).contains("http-equiv=\"refresh\"").doesNotContain("Redis");
      HttpResponse<String> typed = stranger.get(path, Map.of("Sec-Fetch-Site", "none"));
      assertThat(typed.statusCode()).as(path).isEqualTo(303);
      assertThat(typed.headers().firstValue("Location").orElseThrow()).contains("/login");
    }
    assertThat(stranger.get("/events").statusCode()).isEqualTo(401);
  }

  @Test
  void home_whenPeopleAreNeeded_saysSoFirst() throws Exception {
    String page = ana().get("/").body();
    assertThat(page.indexOf("Needs you")).isBetween(0, page.indexOf("<h1>Incidents"));
    assertThat(page)
        .contains("May Firebreak do &#39;Restart Redis&#39; to redis/cache-1?", "asks you")
        .contains("expires in 8 min", "Calling cache-oncall")
        .contains("<span class=\"badge bad\">critical</span>", "12 min ago", "11:47:26 UTC");
  }

  @Test
  void incident_showsWhatIsKnown() throws Exception {
    String page = ana().get("/incidents/" + scene.open).body();
    assertThat(page)
        .contains("RedisDown", "No PONG for a minute.", "told 3 times")
        .contains("redis-info.txt", "cut off", "https://tickets.example/issues/4711")
        .contains("trying again", "HTTP 503 from tickets.example", "delivered")
        .contains("zoe approves: seen it, restart", "data-last=\"8\"")
        .contains("action=\"/incidents/" + scene.open + "/acknowledge\"");
    assertThat(page.indexOf("id=\"l8\"")).isLessThan(page.indexOf("id=\"l1\""));
  }

  @Test
  void incident_withLongRecord_showsItsEndAndTheWayBack() throws Exception {
    String id = scene.taken;
    scene.write(
        tx -> {
          for (int i = 1; i <= 342; i++) {
            Object unused = scene.note(tx, id, "note.added", "person:rob", "line " + i, 5);
          }
        });
    String page = ana().get("/incidents/" + id).body();
    assertThat(page).contains(">line 342<", ">line 283<").doesNotContain(">line 282<");
    assertThat(page).contains("/incidents/" + id + "?before=283");
    String before = ana().get("/incidents/" + id + "?before=283").body();
    assertThat(before).contains(">line 282<", ">line 223<").doesNotContain(">line 283<");
  }

  @Test
  void hostileTexts_areShownAsTextWithMarks() throws Exception {
    String page = ana().get("/incidents/" + scene.evil).body();
    assertThat(page)
        .contains(
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&gt;", "safe‹U+202E›gnp.exe")
        .contains("__proto__", "&#96;x&#96; &amp; &#39;y&#39;")
        .doesNotContain("javascript:");
  }

  @Test
  void viewer_seesButtonsThatSayWhyTheyAreOff() throws Exception {
    Browser vic = Browser.of(console, "vic");
    assertThat(vic.get("/incidents/" + scene.open).body())
        .contains(
            "disabled aria-describedby=\"why\"",
            "Acting needs the role responder. You have: viewer.");
    assertThat(vic.get("/gates/" + scene.gate).body())
        .contains("Deciding needs the role approver. You have: viewer.")
        .doesNotContain("formaction");
    assertThat(vic.get("/automation").body()).contains("Halting needs the role responder");
  }

  @Test
  void viewer_whoSendsFormsAnyway_isRefusedEachTime() throws Exception {
    Browser vic = Browser.of(console, "vic");
    Map<String, String> all =
        Map.of("reason", "r", "text", "t", "plan", Scene.HASH, "happened", "yes", "mode", "off");
    for (String path :
        List.of(
            "/incidents/" + scene.open + "/acknowledge",
            "/incidents/" + scene.open + "/resolve",
            "/incidents/" + scene.open + "/notes",
            "/runs/" + scene.waitingRun + "/pause",
            "/runs/" + scene.waitingRun + "/resume",
            "/runs/" + scene.waitingRun + "/cancel",
            "/runs/" + scene.unsureRun + "/steps/restart/answer",
            "/runs/" + scene.unsureRun + "/steps/restart/retry",
            "/runs/" + scene.waitingRun + "/steps/restart/skip",
            "/gates/" + scene.gate + "/approve",
            "/gates/" + scene.gate + "/reject",
            "/channels/test",
            "/freezes",
            "/freezes/end",
            "/breakers/close",
            "/runbooks/redis-down/promote",
            "/runbooks/redis-down/withdraw",
            "/reviews/break",
            "/reviews/close",
            "/contacts/code",
            "/contacts/verify",
            "/automation")) {
      HttpResponse<String> answer = vic.post(path, all);
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
      assertThat(answer.body()).contains("You may not do this", "You are vic, with viewer.");
    }
    assertThat(scene.orders.given).isEmpty();
  }

  @Test
  void steps_offerWhatMayBeDoneToThem_toWhoMay() throws Exception {
    String unsure = ana().get("/runs/" + scene.unsureRun).body();
    assertThat(unsure)
        .contains("/runs/" + scene.unsureRun + "/steps/restart/retry", "<strong>twice</strong>")
        .doesNotContain("/steps/restart/skip");
    String waiting = ana().get("/runs/" + scene.waitingRun).body();
    assertThat(waiting)
        .contains("/runs/" + scene.waitingRun + "/steps/restart/skip")
        .doesNotContain("/steps/restart/retry");
    assertThat(Browser.of(console, "vic").get("/runs/" + scene.waitingRun).body())
        .doesNotContain("/steps/restart/skip");
  }

  @Test
  void calledRun_leadsToItsCaller_andWaitsOfferTheirSignalAndRun() throws Exception {
    Run[] called = new Run[1];
    scene.write(
        tx -> {
          Run caller = scene.database.runs().find(tx, scene.waitingRun).orElseThrow();
          Run run =
              NewRun.child(
                  scene.ids.next("run"),
                  caller,
                  Parent.of(caller, "restart", false),
                  scene.book,
                  Map.of(),
                  scene.clock.instant());
          called[0] =
              run.with(waits(run, "ping", WaitFor.SIGNAL, "go-on"))
                  .with(waits(run, "info", WaitFor.CHILD, "run_7"));
          scene.database.runs().add(tx, called[0], "node-1");
        });
    String id = called[0].id();
    String page = ana().get("/runs/" + id).body();
    assertThat(page)
        .contains("<a href=\"/runs/" + scene.waitingRun + "\"><bdi>restart of redis-down</bdi>")
        .contains("/runs/" + id + "/signals/go-on", "href=\"/runs/run_7\"");
    follow(ana(), "/runs/" + id + "/signals/go-on", Map.of());
    assertThat(scene.orders.given).containsExactly("signal " + id + " go-on person:ana");
  }

  private static StepRun waits(Run run, String step, WaitFor what, String ref) {
    Instant now = scene.clock.instant();
    Reason why = new Reason("waits", "waits for it");
    return run.step(step).begun(new StepState.Waiting(what, now, now.plusSeconds(60), ref, why));
  }

  @Test
  void forms_giveTheOrdersTheyName() throws Exception {
    Browser ana = ana();
    String run = scene.waitingRun;
    follow(ana, "/incidents/" + scene.open + "/acknowledge", Map.of());
    follow(ana, "/incidents/" + scene.open + "/notes", Map.of("text", " looked at it "));
    follow(ana, "/incidents/" + scene.open + "/resolve", Map.of("reason", "it is back"));
    follow(ana, "/runs/" + run + "/pause", Map.of("reason", "deploying"));
    follow(ana, "/runs/" + run + "/resume", Map.of());
    follow(ana, "/runs/" + run + "/cancel", Map.of("reason", "wrong host"));
    follow(
        ana,
        "/runs/" + scene.unsureRun + "/steps/restart/answer",
        Map.of("happened", "no", "reason", "uptime is a year"));
    follow(
        ana, "/runs/" + scene.unsureRun + "/steps/restart/retry", Map.of("reason", "must be done"));
    follow(ana, "/runs/" + run + "/steps/restart/skip", Map.of("reason", "done by hand"));
    String item = "/runs/" + run + "/steps/drain/move%5B4%5D/";
    follow(ana, item + "answer", Map.of("happened", "yes", "reason", "seen"));
    follow(ana, item + "retry", Map.of("reason", "freed"));
    follow(ana, item + "skip", Map.of("reason", "gone"));
    follow(ana, "/gates/" + scene.gate + "/approve", Map.of("plan", Scene.HASH, "reason", "go on"));
    follow(ana, "/gates/" + scene.gate + "/reject", Map.of("plan", "other", "reason", "no"));
    assertThat(scene.orders.given)
        .containsExactly(
            "acknowledge " + scene.open + " person:ana",
            "note " + scene.open + " person:ana looked at it",
            "resolve " + scene.open + " person:ana it is back",
            "pause " + run + " person:ana deploying",
            "resume " + run + " person:ana",
            "cancel " + run + " person:ana wrong host",
            "answer " + scene.unsureRun + " restart false person:ana uptime is a year",
            "retry " + scene.unsureRun + " restart person:ana must be done",
            "skip " + run + " restart person:ana done by hand",
            "answer " + run + " drain/move[4] true person:ana seen",
            "retry " + run + " drain/move[4] person:ana freed",
            "skip " + run + " drain/move[4] person:ana gone",
            "approve " + scene.gate + " " + Scene.HASH + " ana[team-cache] go on",
            "reject " + scene.gate + " other ana[team-cache] no");
  }

  private static void follow(Browser browser, String path, Map<String, String> fields)
      throws Exception {
    HttpResponse<String> answer = browser.post(path, fields);
    assertThat(answer.statusCode()).as(path).isEqualTo(303);
    String back = answer.headers().firstValue("Location").orElseThrow();
    HttpResponse<String> page = browser.get(back.substring(console.url().length()));
    assertThat(page.body()).contains("<p class=\"said\" role=\"status\">");
  }

  @Test
  void form_withoutItsSessionsWord_doesNothing() throws Exception {
    Browser ana = ana();
    Map<String, String> fields = Map.of("plan", Scene.HASH, "reason", "go", "csrf", "guessed");
    String path = "/gates/" + scene.gate + "/approve";
    assertThat(ana.send(path, fields, Map.of()).statusCode()).isEqualTo(403);
    Map<String, String> good = Map.of("plan", Scene.HASH, "reason", "go", "csrf", ana.csrf());
    Map<String, String> foreign = Map.of("Sec-Fetch-Site", "cross-site");
    assertThat(ana.send(path, good, foreign).statusCode()).isEqualTo(403);
    Map<String, String> origin = Map.of("Origin", "https://evil.example");
    assertThat(ana.send(path, good, origin).statusCode()).isEqualTo(403);
    assertThat(ana.send("/login", Map.of("token", "x"), foreign).statusCode()).isEqualTo(403);
    assertThat(scene.orders.given).isEmpty();
  }

  @Test
  void form_withoutReason_doesNothing() throws Exception {
    Browser ana = ana();
    for (String path :
        List.of(
            "/gates/" + scene.gate + "/approve",
            "/gates/" + scene.gate + "/reject",
            "/runs/" + scene.waitingRun + "/cancel",
            "/incidents/" + scene.open + "/resolve")) {
      HttpResponse<String> answer = ana.post(path, Map.of("plan", Scene.HASH, "reason", "  "));
      assertThat(answer.statusCode()).as(path).isEqualTo(400);
    }
    assertThat(scene.orders.given).isEmpty();
  }

  @Test
  void gate_whenLookedAt_isNotDecided() throws Exception {
    Browser ana = ana();
    for (String path : List.of("", "/approve", "/reject")) {
      Object unused = ana.get("/gates/" + scene.gate + path);
    }
    assertThat(scene.orders.given).isEmpty();
  }

  @Test
  void gate_showsPlanBudgetEvidenceAndVotes() throws Exception {
    assertThat(ana().get("/gates/" + scene.gate).body())
        .contains("the runbook wants it approved when limit.used &gt; 0")
        .contains("<code><bdi>systemctl</bdi></code> <code><bdi>restart</bdi></code>")
        .contains("<code><bdi>redis; rm -rf /</bdi></code>", "<dt>params.run</dt>")
        .contains("<bdi>redis/cache-1</bdi>", "1 of 2 used within 1h", "meter b10")
        .contains("1 of 2</dd>", "<bdi>seen it, restart</bdi>", "rob, team-platform")
        .contains("connection refused", "used_memory:1048576", "redis-info.txt")
        .contains("Fired since it was asked", "Redis of the replica is gone too", "cache-1b")
        .contains("name=\"plan\" value=\"" + Scene.HASH + "\"", "data-due");
  }

  @Test
  void gate_onceDecided_saysWhoWhenAndWhy() throws Exception {
    assertThat(ana().get("/gates/" + scene.decided).body())
        .contains("approved by ana", "<bdi>go</bdi>", "2026-11-21")
        .doesNotContain("Your decision", "Fired since it was asked");
  }

  @Test
  void gate_decidedTooLate_isGoneWithAReason() throws Exception {
    scene.orders.refusal = new OrderRefused(OrderRefused.Kind.GONE, "bob rejected it <b>at</b> 3");
    HttpResponse<String> answer =
        ana().post("/gates/" + scene.gate + "/approve", Map.of("plan", "p", "reason", "go"));
    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(answer.body()).contains("Already over", "bob rejected it &lt;b&gt;at&lt;/b&gt; 3");
    wellFormed("410", answer.body());
  }

  @Test
  void run_showsStepsInTheirParts() throws Exception {
    String page = ana().get("/runs/" + scene.waitingRun).body();
    assertThat(page.indexOf("Diagnose")).isBetween(0, page.indexOf("Remediate"));
    assertThat(page)
        .contains("Ask Redis about itself", "<p class=\"muted\">after ping</p>", "2.0 s")
        .contains("class=\"ask\" id=\"s-restart\"", "href=\"/gates/" + scene.gate + "\"")
        .contains("stdout: redis_version:7.0.15");
    assertThat(ana().get("/runs/" + scene.unsureRun).body())
        .contains("Did “<bdi>Restart Redis</bdi>” take place?", "name=\"happened\" value=\"no\"");
  }

  @Test
  void postmortem_isShownAsTextAndHandedOutAsFile() throws Exception {
    String path = "/incidents/" + scene.over + "/postmortem";
    assertThat(ana().get(path).body()).contains("# Disk full on db-2", "&lt;script&gt;");
    HttpResponse<String> file = ana().get(path + ".md");
    assertThat(file.body()).contains("# Disk full on db-2");
    assertThat(file.headers().firstValue("Content-Type")).hasValue("text/markdown;charset=utf-8");
    assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment;");
    assertThat(ana().get("/incidents/" + scene.open + "/postmortem").body())
        .contains("The draft is written when the incident is resolved.");
  }

  @Test
  void runbook_showsWhatItWouldDo() throws Exception {
    assertThat(ana().get("/runbooks/redis-down").body())
        .contains("alert.labels.alertname == &#39;RedisDown&#39;", "pending changes are withdrawn")
        .contains("2 per 1h for one target, then people are asked", "redis/{{vars.host}}")
        .contains("when limit.used &gt; 0: 1 of team-cache, then team-platform, each within 15m")
        .contains("ping, at most 15m old, else gathered again")
        .contains("nothing to take back", "tcp, within 1m");
  }

  @Test
  void automation_whenStopped_isOnEveryPageAndOnlyAnAdminSwitchesItOn() throws Exception {
    Browser rob = Browser.of(console, "rob");
    follow(rob, "/automation", Map.of("mode", "off", "reason", "storm <i>", "for", "1h"));
    assertThat(scene.orders.automation().until())
        .isEqualTo(scene.clock.instant().plusSeconds(3600));
    for (String path : all()) {
      assertThat(rob.get(path).body())
          .as(path)
          .contains("Automation is off: nothing is changed.", "storm &lt;i&gt;");
    }
    HttpResponse<String> on = rob.post("/automation", Map.of("mode", "on", "reason", "calm"));
    assertThat(on.statusCode()).isEqualTo(403);
    assertThat(on.body()).contains("Switching automation on needs the role admin");
    assertThat(rob.post("/automation", Map.of("mode", "of", "reason", "x")).statusCode())
        .isEqualTo(400);
    scene.orders.automate(
        new dev.firebreak.guard.Automation(
            dev.firebreak.guard.Automation.Mode.ON, "over", "root", scene.clock.instant(), null));
  }

  @Test
  void part_whenStopped_isOnEveryPage_andSwitchedOnByWhoStoppedIt() throws Exception {
    Browser rob = Browser.of(console, "rob");
    follow(
        rob,
        "/automation",
        Map.of(
            "mode", "off", "reason", "bad <i>", "scope", "runbook:redis-down", "owner", "cache"));
    assertThat(rob.get("/").body())
        .contains("Automation is off for runbook redis-down: nothing is changed.", "bad &lt;i&gt;");
    assertThat(rob.get("/automation").body())
        .contains("cache</bdi> answers for it", "<option value=\"runbook:redis-down\">")
        .contains("name=\"scope\" value=\"runbook:redis-down\"");
    assertThat(
            rob.post("/automation", Map.of("mode", "off", "reason", "x", "scope", "runbook:redi"))
                .body())
        .contains("would halt nothing");
    follow(
        rob, "/automation", Map.of("mode", "on", "reason", "good", "scope", "runbook:redis-down"));
    assertThat(rob.get("/").body()).doesNotContain("Automation is off");
  }

  @Test
  void whatPiledUp_isShownWithCounts_andChosenFor() throws Exception {
    dev.firebreak.guard.HaltScope shop = dev.firebreak.guard.HaltScope.parse("service:<b>shop");
    Run run = scene.refuse(shop);
    Browser rob = Browser.of(console, "rob");
    assertThat(rob.get("/").body()).contains("1 run was stopped or refused while automation");
    assertThat(rob.get("/automation").body())
        .contains("Piled up: <bdi>service &lt;b&gt;shop", "1 run: 1 can go on, 0 have ended")
        .contains("/runs/" + run.id(), "All 1 go on");
    assertThat(Browser.of(console, "vic").get("/automation").body()).doesNotContain("All 1 go on");
    Map<String, String> order =
        Map.of("scope", shop.asText(), "runs", "2", "reason", "over", "choice", "cancel");
    assertThat(rob.post("/automation/backlog", order).body())
        .contains("1 runs wait for a choice, not 2");
    follow(
        rob,
        "/automation/backlog",
        Map.of("scope", shop.asText(), "runs", "1", "reason", "over", "choice", "hand_over"));
    assertThat(rob.get("/automation").body()).doesNotContain("Piled up");
    assertThat(rob.get("/").body()).doesNotContain("while automation was off");
  }

  @Test
  void runbook_thatRehearses_saysWhatItWouldHaveDone_andIsPromotedByAnApprover() throws Exception {
    String version = "9c1d".repeat(16);
    scene.write(
        tx -> {
          scene
              .database
              .promotions()
              .rehearsed(
                  tx,
                  new Rehearsed(
                      scene.waitingRun,
                      "restart",
                      scene.open,
                      version,
                      "'restart' would <b>have",
                      scene.ago(60)));
        });
    assertThat(ana().get("/runbooks").body()).contains("rehearsing");
    Browser rob = Browser.of(console, "rob");
    assertThat(rob.get("/runbooks/redis-down").body())
        .contains("do everything but their changes", "1 run rehearsed since")
        .contains("would &lt;b&gt;have", "/runs/" + scene.waitingRun)
        .doesNotContain("Promote it");
    Map<String, String> order = Map.of("version", version, "reason", "right twice");
    assertThat(rob.post("/runbooks/redis-down/promote", order).statusCode()).isEqualTo(403);
    Map<String, String> old = Map.of("version", "a".repeat(64), "reason", "r");
    assertThat(ana().post("/runbooks/redis-down/promote", old).statusCode()).isEqualTo(409);
    assertThat(ana().get("/runbooks/redis-down").body()).contains("Promote it");
    follow(ana(), "/runbooks/redis-down/promote", order);
    assertThat(rob.get("/runbooks/redis-down").body())
        .contains("make their changes", "ana promoted it: right twice", "Have it rehearse again");
    follow(rob, "/runbooks/redis-down/withdraw", order);
    assertThat(rob.get("/runbooks/redis-down").body()).contains("rob withdrew it: right twice");
  }

  @Test
  void freeze_isMadeAndShown_andEndedByWhoMadeItOnly() throws Exception {
    Browser rob = Browser.of(console, "rob");
    Map<String, String> order =
        Map.of("name", "move <b>", "reason", "racks", "mode", "hold", "for", "2h", "scope", "");
    follow(rob, "/freezes", order);
    String page = rob.get("/freezes").body();
    assertThat(page)
        .contains("move &lt;b&gt;", "holds until", "every change", "<bdi>rob</bdi> answers for it");
    Matcher id = Pattern.compile("name=\"id\" value=\"(frz_\\w+)\"").matcher(page);
    assertThat(id.find()).isTrue();
    Map<String, String> end = Map.of("id", id.group(1), "reason", "done early");
    assertThat(ana().post("/freezes/end", end).statusCode()).isEqualTo(403);
    follow(rob, "/freezes/end", end);
    assertThat(rob.get("/freezes").body())
        .contains("No freeze holds", "<bdi>rob ended it: done early</bdi>")
        .doesNotContain("holds until");
    assertThat(rob.post("/freezes/end", end).statusCode()).isEqualTo(410);
    for (Map<String, String> wrong :
        List.of(
            Map.of("name", "n", "reason", "r", "mode", "deny", "for", "soon"),
            Map.of("name", "n", "reason", "r", "mode", "never", "for", "2h"),
            Map.of("name", "n", "reason", "r", "mode", "deny", "for", "2h", "scope", "x = 1"))) {
      assertThat(rob.post("/freezes", wrong).statusCode()).as("%s", wrong).isEqualTo(400);
    }
  }

  @Test
  void breaker_isShown_andClosedWithAReason() throws Exception {
    Breaker breaker =
        new Breaker(
            "brk_page",
            Breaker.Kind.TARGET,
            "redis-down",
            "redis/<b>",
            "team-cache",
            "3 of its fixes in a row were not proven",
            scene.evil,
            scene.ago(60),
            scene.ago(-3_600),
            null,
            null);
    scene.write(tx -> assertThat(scene.database.breakers().add(tx, breaker)).isTrue());
    Browser rob = Browser.of(console, "rob");
    assertThat(rob.get("/breakers").body())
        .contains("on &#39;redis/&lt;b&gt;&#39;", "not proven", "One change is tried after");
    assertThat(Browser.of(console, "vic").get("/breakers").body()).doesNotContain("Close it");
    assertThat(rob.post("/breakers/close", Map.of("id", "brk_page")).statusCode()).isEqualTo(400);
    Map<String, String> close = Map.of("id", "brk_page", "reason", "swapped the disk");
    follow(rob, "/breakers/close", close);
    assertThat(rob.get("/breakers").body())
        .contains("No breaker is open", "<bdi>rob: swapped the disk</bdi>");
    assertThat(rob.get("/incidents/" + scene.evil).body()).contains("rob closes the breaker of");
    assertThat(rob.post("/breakers/close", close).statusCode()).isEqualTo(410);
  }

  @Test
  void brokenGlass_isOnThePages_untilSomebodyElseHasLooked() throws Exception {
    Browser ana = Browser.of(console, "ana");
    Browser rob = Browser.of(console, "rob");
    Gate asked =
        scene
            .database
            .ledger()
            .read(tx -> scene.database.gates().find(tx, scene.evilGate))
            .orElseThrow();
    assertThat(ana.get("/gates/" + asked.id()).body()).contains("Break the glass");
    assertThat(rob.get("/gates/" + asked.id()).body()).doesNotContain("Break the glass");
    Map<String, String> word =
        Map.of("gate", asked.id(), "plan", asked.planHash(), "reason", "<b>nobody</b>");
    assertThat(rob.post("/reviews/break", word).statusCode()).isEqualTo(403);
    follow(ana, "/reviews/break", word);
    assertThat(ana.get("/reviews").body())
        .contains("&lt;b&gt;nobody&lt;/b&gt;", "Somebody else with the role responder")
        .doesNotContain("<b>nobody");
    assertThat(rob.get("/runs/" + asked.runId()).body()).contains("glass broken", "to be reviewed");
    String page = rob.get("/reviews").body();
    String id = page.replaceAll("(?s).*name=\"id\" value=\"(rev_[0-9A-Z]+)\".*", "$1");
    follow(rob, "/reviews/close", Map.of("id", id, "finding", "it was right"));
    assertThat(rob.get("/reviews").body()).contains("No review is open", "rob: it was right");
  }

  @Test
  void contact_isProvenByItsPerson_withTheCodeThatWasSent() throws Exception {
    Browser ana = ana();
    String page = ana.get("/contacts").body();
    Matcher own =
        Pattern.compile("(?s)<bdi>ana</bdi>.*?name=\"id\" value=\"([0-9a-f]+)\"").matcher(page);
    assertThat(own.find()).isTrue();
    assertThat(page).contains("not verified");
    follow(ana, "/contacts/code", Map.of("id", own.group(1)));
    assertThat(ana.get("/contacts").body()).contains("The code that was sent");
    Map<String, String> wrong = Map.of("id", own.group(1), "code", "AAAA-AAAA");
    assertThat(ana.post("/contacts/verify", wrong).body()).contains("4 tries are left");
    follow(ana, "/contacts/verify", Map.of("id", own.group(1), "code", "k7qm 2xwd"));
    assertThat(ana.get("/contacts").body()).contains("verified");
    Browser rob = Browser.of(console, "rob");
    assertThat(rob.post("/contacts/code", Map.of("id", own.group(1))).statusCode()).isEqualTo(403);
  }

  @Test
  void anything_withoutDatabase_saysHowToStopWithoutIt() throws Exception {
    try (TestConsole lonely = new TestConsole("lonely").start()) {
      Browser ana = Browser.of(lonely, "ana");
      String path = "/gates/" + lonely.scene.gate;
      assertThat(ana.get(path).statusCode()).isEqualTo(200);
      lonely.scene.close();
      lonely.scene.clock.advance(java.time.Duration.ofSeconds(1));
      HttpResponse<String> page = ana.get(path);
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.body())
          .contains("The database does not answer", "use the halt file or signal of each node");
      wellFormed("503", page.body());
      assertThat(ana.get("/login").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void missingThings_haveAPageOfTheirOwn() throws Exception {
    Browser ana = ana();
    for (String path :
        List.of("/incidents/nope", "/runs/nope", "/gates/nope", "/runbooks/nope", "/nope/x")) {
      HttpResponse<String> page = ana.get(path);
      assertThat(page.statusCode()).as(path).isEqualTo(404);
      assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
      wellFormed(path, page.body());
    }
  }

  @Test
  void login_withAWrongToken_saysTheSameWhateverIsWrong() throws Exception {
    Browser stranger = new Browser(console.url());
    HttpResponse<String> answer = stranger.send("/login", Map.of("token", "fbt_no"), Map.of());
    assertThat(answer.body()).contains("This token opens nothing").doesNotContain("fbt_no");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void login_opensASessionThatLogoutEnds() throws Exception {
    Browser stranger = new Browser(console.url());
    HttpResponse<String> answer =
        stranger.send(
            "/login",
            Map.of(
                "token", String.valueOf(scene.tokens.get("ana")), "next", "/gates/" + scene.gate),
            Map.of());
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .isEqualTo(console.url() + "/gates/" + scene.gate);
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain("Secure");
    Browser ana = ana();
    assertThat(ana.post("/logout", Map.of()).statusCode()).isEqualTo(303);
    assertThat(ana.get("/").statusCode()).isEqualTo(401);
  }

  @Test
  void login_neverSendsPeopleToAnotherSite() throws Exception {
    for (String next : List.of("//evil.example", "https://evil.example", "/\\evil", "/..//x")) {
      HttpResponse<String> answer =
          new Browser(console.url())
              .send(
                  "/login",
                  Map.of("token", String.valueOf(scene.tokens.get("ana")), "next", next),
                  Map.of());
      assertThat(answer.headers().firstValue("Location")).hasValue(console.url() + "/");
    }
  }

  @Test
  void setup_givesTheFirstTokenOnce() throws Exception {
    String code = scene.setupLink.substring(scene.setupLink.indexOf("code=") + 5);
    Browser first = new Browser(console.url());
    assertThat(first.get("/setup?code=" + code).body()).contains("name=\"name\"");
    assertThat(first.send("/setup", Map.of("code", code, "name", "no name!"), Map.of()).body())
        .contains("a token&#39;s name is 1 to 64 letters");
    String shown = first.send("/setup", Map.of("code", code, "name", "eve"), Map.of()).body();
    Matcher token = Pattern.compile("<code class=\"token\"[^>]*>(fbt_[a-z2-7]+)<").matcher(shown);
    assertThat(token.find()).isTrue();
    assertThat(first.send("/setup", Map.of("code", code, "name", "mallory"), Map.of()).body())
        .contains("wrong, too old, or was used");
    assertThat(first.send("/login", Map.of("token", token.group(1)), Map.of()).statusCode())
        .isEqualTo(303);
  }

  @Test
  void assets_areKeptByBrowsersUnderAnAddressOfTheirText() throws Exception {
    String page = ana().get("/").body();
    Matcher style = Pattern.compile("href=\"(/assets/[0-9a-f]+/console\\.css)\"").matcher(page);
    assertThat(style.find()).isTrue();
    HttpResponse<String> file = new Browser(console.url()).get(style.group(1));
    assertThat(file.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    assertThat(file.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/css");
    assertThat(file.body())
        .contains("prefers-color-scheme: dark")
        .doesNotContain("http:", "https:");
    assertThat(ana().get("/assets/0/console.css").statusCode()).isEqualTo(404);
  }

  @Test
  void orderThatIsOnlyStored_saysSo() throws Exception {
    Browser ana = ana();
    scene.orders.stored = true;
    HttpResponse<String> answer =
        ana.post("/runs/" + scene.waitingRun + "/pause", Map.of("reason", "look"));
    scene.orders.stored = false;
    String back = answer.headers().firstValue("Location").orElseThrow();
    assertThat(back).endsWith("/runs/" + scene.waitingRun + "?said=stored");
    assertThat(ana.get("/runs/" + scene.waitingRun + "?said=stored").body())
        .contains("belongs to another node, which will carry it out");
  }

  @Test
  void channels_whenTested_showTheAnswerOrTheRefusal_andNotTooOften() throws Exception {
    Browser rob = Browser.of(console, "rob");
    assertThat(rob.post("/channels/test", Map.of("channel", "console")).body())
        .contains("taken", "printed");
    HttpResponse<String> refused = rob.post("/channels/test", Map.of("channel", "#down"));
    assertThat(refused.body())
        .contains("refused", "channel &#39;#down&#39;: 500 ")
        .doesNotContain(Scene.EVIL);
    assertThat(rob.post("/channels/test", Map.of("channel", "consol")).body())
        .contains("did you mean &#39;console&#39;");
    rob.post("/channels/test", Map.of("channel", "#down"));
    rob.post("/channels/test", Map.of("channel", "#down"));
    HttpResponse<String> tooOften = rob.post("/channels/test", Map.of("channel", "#down"));
    assertThat(tooOften.statusCode()).isEqualTo(429);
    assertThat(tooOften.body()).contains("wait 2m<");
  }

  @Test
  void unheard_isOnTheFirstPage_untilSomebodyHasSeenIt() throws Exception {
    scene.lose("lost/1");
    Browser rob = Browser.of(console, "rob");
    String home = rob.get("/").body();
    assertThat(home)
        .contains("Nobody received <bdi>a notice (gate)</bdi>", "It was given up: channel")
        .doesNotContain(Scene.EVIL);
    wellFormed("/", home);
    Matcher form = Pattern.compile("action=\"(/unheard/unh_[^\"]+/seen)\"").matcher(home);
    assertThat(form.find()).isTrue();

    assertThat(Browser.of(console, "vic").post(form.group(1), Map.of()).statusCode())
        .isEqualTo(403);
    follow(rob, form.group(1), Map.of());

    assertThat(rob.get("/").body()).doesNotContain("Nobody received");
    assertThat(rob.get("/incidents/" + scene.evil).body()).contains("seen by rob");
    assertThat(rob.post(form.group(1), Map.of()).statusCode()).isEqualTo(410);
  }
}
