package dev.firebreak.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.firebreak.run.JournalEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console in a real Chromium: as it looks, as it lives, and without scripts. */
class ConsoleIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SHOTS = Path.of("target", "console");
  private static final int DESKTOP = 1280;
  private static final int PHONE = 390;
  private static final double SLOWEST_MILLIS = 30_000;

  /** Every text that is shown, with the contrast it has against what is behind it. */
  private static final String FAINT =
      """
      () => {
        const lum = (c) => {
          const f = c.slice(0, 3).map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * f[0] + 0.7152 * f[1] + 0.0722 * f[2];
        };
        const parse = (s) => s.match(/[\\d.]+/g).map(Number);
        const behind = (node) => {
          for (let n = node; n; n = n.parentElement) {
            const c = parse(getComputedStyle(n).backgroundColor);
            if (c.length < 4 || c[3] === 1) return c;
          }
          return [255, 255, 255];
        };
        const faint = [];
        for (const node of document.querySelectorAll('body *')) {
          const own = [...node.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim());
          if (!own || !node.checkVisibility() || node.matches(':disabled, .sr, .skip')) continue;
          const a = lum(parse(getComputedStyle(node).color)), b = lum(behind(node));
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < 4.5) faint.push(node.tagName + '.' + node.className + ' ' + ratio.toFixed(2) + ' ' + node.textContent.trim().slice(0, 30));
        }
        return [...new Set(faint)];
      }
      """;

  /** What a thumb would miss: less than 40 CSS pixels high. */
  private static final String SMALL =
      """
      () => [...document.querySelectorAll('button, .btn, input:not([type=hidden]), textarea, select, nav a')]
        .filter((n) => n.checkVisibility() && n.getBoundingClientRect().height < 40)
        .map((n) => n.tagName + '.' + n.className + ' ' + n.textContent.trim())
      """;

  private static TestConsole console;
  private static Scene scene;
  private static Playwright playwright;
  private static com.microsoft.playwright.Browser chromium;

  @BeforeAll
  static void start() throws Exception {
    if (!Files.isExecutable(CHROMIUM)) {
      if ("true".equals(System.getenv("CI"))) {
        fail("there is no " + CHROMIUM + ", and here nothing may be skipped");
      }
      assumeTrue(false, "skipped: there is no " + CHROMIUM + " to look at the console with");
    }
    PlaywrightAssertions.setDefaultAssertionTimeout(SLOWEST_MILLIS);
    console = new TestConsole("console-it").start();
    scene = console.scene;
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    Files.createDirectories(SHOTS);
  }

  @AfterAll
  static void stop() {
    if (playwright != null) {
      playwright.close();
    }
    if (console != null) {
      console.close();
    }
  }

  @BeforeEach
  void forget() {
    scene.orders.given.clear();
  }

  private static NewContextOptions sized(int width, ColorScheme scheme) {
    return new NewContextOptions()
        .setViewportSize(width, width == PHONE ? 844 : 900)
        .setDeviceScaleFactor(width == PHONE ? 2 : 1)
        .setColorScheme(scheme);
  }

  private static Page signedIn(BrowserContext context, String person) {
    Page page = context.newPage();
    page.navigate(console.url() + "/login");
    page.getByLabel("Your token").fill(String.valueOf(scene.tokens.get(person)));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    assertThat(page).hasURL(console.url() + "/");
    return page;
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("home", "/");
    pages.put("incident", "/incidents/" + scene.open);
    pages.put("hostile", "/incidents/" + scene.evil);
    pages.put("postmortem", "/incidents/" + scene.over + "/postmortem");
    pages.put("run", "/runs/" + scene.waitingRun);
    pages.put("unsure", "/runs/" + scene.unsureRun);
    pages.put("gates", "/gates");
    pages.put("gate", "/gates/" + scene.gate);
    pages.put("decided", "/gates/" + scene.decided);
    pages.put("runbooks", "/runbooks");
    pages.put("runbook", "/runbooks/redis-down");
    pages.put("automation", "/automation");
    for (String name :
        List.of("freezes", "limits", "breakers", "reviews", "schedules", "contacts", "channels")) {
      pages.put(name, "/" + name);
    }
    pages.put("lost", "/nowhere");
    return pages;
  }

  @Test
  void pages_inEverySizeAndLight_areLegibleAndQuiet() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(DESKTOP, PHONE)) {
        try (BrowserContext context = chromium.newContext(sized(width, scheme))) {
          Page page = signedIn(context, "ana");
          List<String> complaints = complaints(page);
          pages().forEach((name, path) -> look(page, name, path, width, scheme));
          Assertions.none(complaints);
        }
      }
    }
  }

  private static List<String> complaints(Page page) {
    List<String> complaints = new ArrayList<>();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains("404")) {
            complaints.add(message.text());
          }
        });
    page.onRequest(
        request -> {
          if (!request.url().startsWith(console.url())) {
            complaints.add("asks another site: " + request.url());
          }
        });
    return complaints;
  }

  private static void look(Page page, String name, String path, int width, ColorScheme scheme) {
    page.navigate(console.url() + path);
    String shot = name + (width == PHONE ? "-phone" : "") + "-" + scheme.name().toLowerCase();
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SHOTS.resolve(shot + ".png")).setFullPage(true));
    Assertions.none(shot + ": too faint", page.evaluate(FAINT));
    Object wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    assertThat((Integer) wide).as(shot + " must not scroll sideways").isLessThanOrEqualTo(0);
    if (width == PHONE) {
      Assertions.none(shot + ": too small for a thumb", page.evaluate(SMALL));
    }
  }

  @Test
  void gate_onAPhone_isApprovedWithAReasonAndRejectedWithAnother() {
    try (BrowserContext context = chromium.newContext(sized(PHONE, ColorScheme.LIGHT))) {
      Page page = signedIn(context, "ana");
      page.navigate(console.url() + "/gates/" + scene.gate);
      assertThat(page.locator("time.due")).hasText(Pattern.compile("expires in [78]:[0-9]{2}"));
      decide(page, "Approve").click();
      assertThat(page).hasURL(console.url() + "/gates/" + scene.gate);
      assertThat(scene.orders.given).as("without a reason nothing is sent").isEmpty();
      page.getByLabel("Reason").fill("traffic is drained");
      decide(page, "Approve").click();
      assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("Your approval is counted.");
      page.getByLabel("Reason").fill("not tonight");
      decide(page, "Reject").click();
      assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("Rejected.");
    }
    String plan = scene.gate + " " + Scene.HASH + " ana[team-cache] ";
    assertThat(scene.orders.given)
        .containsExactly(
            "approve " + plan + "traffic is drained", "reject " + plan + "not tonight");
  }

  private static Locator decide(Page page, String word) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(word));
  }

  @Test
  void incident_whileItIsLookedAt_growsByWhatHappens() {
    try (BrowserContext context = chromium.newContext(sized(DESKTOP, ColorScheme.LIGHT))) {
      Page page = signedIn(context, "ana");
      List<String> complaints = complaints(page);
      page.navigate(console.url() + "/incidents/" + scene.taken);
      assertThat(page.locator("#link")).hasText("Live.");
      JournalEntry told = note("the first line " + Scene.EVIL);
      scene.feed.recorded(told);
      assertThat(page.locator("#timeline > li").first()).containsText("the first line <script>");
      JournalEntry missed = note("said by another node");
      JournalEntry next = note("said here");
      scene.feed.recorded(next);
      assertThat(page.locator("#l" + missed.sequence())).containsText("said by another node");
      assertThat(page.locator("#l" + next.sequence())).containsText("said here");
      Assertions.none(complaints);
    }
  }

  @Test
  void incident_whenItsStateChanges_isRedrawnButNotUnderSomebodyWhoWrites() {
    try (BrowserContext context = chromium.newContext(sized(DESKTOP, ColorScheme.LIGHT))) {
      Page page = signedIn(context, "ana");
      page.navigate(console.url() + "/incidents/" + scene.evil);
      assertThat(page.locator("#link")).hasText("Live.");
      page.getByText("Add a note").click();
      page.getByLabel("Note for the timeline").fill("half a thought");
      scene.write(
          tx ->
              scene
                  .database
                  .incidents()
                  .save(
                      tx,
                      scene
                          .database
                          .incidents()
                          .find(tx, scene.evil)
                          .orElseThrow()
                          .acknowledged("rob", scene.clock.instant())));
      scene.feed.changed(
          scene
              .database
              .ledger()
              .read(tx -> scene.database.incidents().find(tx, scene.evil))
              .orElseThrow());
      assertThat(page.locator("#head")).containsText("acknowledged by rob");
      assertThat(page.getByLabel("Note for the timeline")).hasValue("half a thought");
    }
  }

  private static JournalEntry note(String text) {
    AtomicReference<JournalEntry> entry = new AtomicReference<>();
    scene.write(tx -> entry.set(scene.note(tx, scene.taken, "note.added", "person:rob", text, 0)));
    return java.util.Objects.requireNonNull(entry.get());
  }

  @Test
  void console_withoutScripts_doesEverything() {
    NewContextOptions options = sized(PHONE, ColorScheme.DARK).setJavaScriptEnabled(false);
    try (BrowserContext context = chromium.newContext(options)) {
      Page page = signedIn(context, "ana");
      page.navigate(console.url() + "/gates/" + scene.gate);
      assertThat(page.locator("time.due")).containsText("expires in 8 min");
      page.getByLabel("Reason").fill("by hand");
      decide(page, "Approve").click();
      assertThat(page.locator(".said")).containsText("Your approval is counted.");
      page.navigate(console.url() + "/incidents/" + scene.open);
      page.getByText("Add a note").click();
      page.getByLabel("Note for the timeline").fill("no scripts here");
      decide(page, "Add it").click();
      assertThat(page.locator(".said")).containsText("Note added");
      assertThat(page.locator("#timeline > li")).hasCount(8);
    }
    assertThat(scene.orders.given).hasSize(2);
  }

  @Test
  void linkFromAnotherSite_findsTheSessionAgain() {
    try (BrowserContext context = chromium.newContext(sized(PHONE, ColorScheme.LIGHT))) {
      Page page = signedIn(context, "ana");
      String target = console.url() + "/gates/" + scene.gate;
      page.route(
          "http://mail.example/",
          route ->
              route.fulfill(
                  new com.microsoft.playwright.Route.FulfillOptions()
                      .setContentType("text/html")
                      .setBody("<a href='" + target + "'>open</a>")));
      page.navigate("http://mail.example/");
      page.getByText("open").click();
      assertThat(page).hasURL(target);
      assertThat(page.locator("h1")).containsText("May Firebreak do");
    }
  }

  @Test
  void gate_byKeyboardAlone_isReachedAndDecided() {
    try (BrowserContext context = chromium.newContext(sized(DESKTOP, ColorScheme.LIGHT))) {
      Page page = signedIn(context, "ana");
      page.navigate(console.url() + "/gates/" + scene.gate);
      page.keyboard().press("Tab");
      assertThat(page.getByText("Skip to the page")).isFocused();
      for (int i = 0; i < 60 && !focused(page, "reason"); i++) {
        page.keyboard().press("Tab");
      }
      page.keyboard().type("by keyboard");
      page.keyboard().press("Tab");
      assertThat(decide(page, "Approve")).isFocused();
      page.keyboard().press("Enter");
      assertThat(page.locator(".said")).containsText("Your approval is counted.");
    }
  }

  private static boolean focused(Page page, String id) {
    return Boolean.TRUE.equals(page.evaluate("document.activeElement.id === '" + id + "'"));
  }

  /** Lists that must be empty, told whole. */
  private static final class Assertions {
    static void none(List<String> complaints) {
      assertThat(complaints).isEmpty();
    }

    static void none(String what, Object list) {
      assertThat((List<?>) list).as(what).isEmpty();
    }
  }
}
