package dev.firebreak.channel.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Matter;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Parts;
import dev.firebreak.core.SecretRef;
import dev.firebreak.fixtures.SettableClock;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmtpChannelTest {
  private static final String NONE = ", \"tls\": \"none\"";

  private final SettableClock clock = new SettableClock();
  private final GreenMail mail =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
          });

  @BeforeEach
  void start() {
    mail.start();
  }

  @AfterEach
  void stop() {
    mail.stop();
  }

  @Test
  void send_bringsSubjectTextAndLinkToEveryReader() throws Exception {
    String receipt =
        plain().send(Parts.notice("Redis über cache-1 is back", "restart was verified\nat 12:00"));

    MimeMessage[] received = mail.getReceivedMessages();
    assertThat(received).hasSize(2);
    MimeMessage first = received[0];
    assertThat(first.getSubject()).isEqualTo("Redis über cache-1 is back");
    assertThat(part(first, 0, "text/plain"))
        .startsWith("restart was verified\nat 12:00\n\nhttps://firebreak.example.com/incidents/");
    assertThat(first.getFrom()[0].toString()).isEqualTo("Firebreak <firebreak@example.com>");
    assertThat(first.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(first.getSentDate()).isEqualTo(clock.instant());
    assertThat(receipt).isEqualTo("accepted as " + first.getMessageID());
  }

  @Test
  void send_toOneReader_isReadByNobodyElse() throws Exception {
    plain().send(Parts.notice("a", "b").to("ana@example.net"));

    assertThat(mail.getReceivedMessages())
        .singleElement()
        .satisfies(
            received ->
                assertThat(received.getAllRecipients())
                    .extracting(Object::toString)
                    .containsExactly("ana@example.net"));
  }

  @Test
  void addressFault_saysWhatIsWrong() {
    assertThat(plain().addressFault("ana@example.net")).isEmpty();
    assertThat(plain().addressFault("ana at home").orElseThrow()).contains("no mail address");
    assertThat(plain().addressFault(null).orElseThrow()).contains("needs 'to'");
  }

  @Test
  void send_again_keepsTheMessageIdAndAllOfAnIncidentShareAThread() throws Exception {
    Notice opened = new Notice("k1", "inc_1", "open", "t", null);
    Notice fixed = new Notice("k2", "inc_1", "fixed", "t", null);
    Notice other = new Notice("k3", "inc_2", "other", "t", null);
    for (Notice notice : List.of(opened, opened, fixed, other)) {
      assertThat(plain().send(notice)).startsWith("accepted");
    }

    List<MimeMessage> open = received("open");
    assertThat(open).hasSize(4);
    assertThat(open.stream().map(SmtpChannelTest::id).distinct())
        .singleElement()
        .asString()
        .matches("<notice\\.[0-9a-f]{32}@example\\.com>")
        .isNotEqualTo(id(received("fixed").getFirst()));
    assertThat(open.getFirst().getHeader("References"))
        .isEqualTo(received("fixed").getFirst().getHeader("References"))
        .isNotEqualTo(received("other").getFirst().getHeader("References"));
  }

  @Test
  void send_hasAPageBesideTheText_withEveryValueEscapedAndNothingToLoad() throws Exception {
    plain()
        .send(
            new Notice(
                "k",
                "inc_1",
                "<b>down</b>",
                "a < b & <img src=x onerror=alert(1)>\nsecond",
                "https://fb.example.com/x?a=\"1\"&b=<2>",
                new Matter("critical", Matter.Stage.NEWS)));

    MimeMessage received = mail.getReceivedMessages()[0];
    assertThat(received.getContentType()).startsWith("multipart/alternative");
    String html = part(received, 1, "text/html");
    assertThat(html)
        .contains(
            "<h1 style=\"font-size: 18px; margin: 0 0 10px\">&lt;b&gt;down&lt;/b&gt;</h1>",
            "a &lt; b &amp; &lt;img src=x onerror=alert(1)&gt;<br>second",
            "href=\"https://fb.example.com/x?a=&quot;1&quot;&amp;b=&lt;2&gt;\"",
            "#bb1f27")
        .doesNotContain("<img", "<b>", "<script", "url(", "src=\"", "<link", "@import");
    assertThat(part(received, 0, "text/plain")).startsWith("a < b & <img");
  }

  @Test
  void send_aLinkThatIsNoWebAddress_isNoLink() throws Exception {
    plain().send(new Notice("k", "inc_1", "s", "t", "javascript:alert(1)"));

    assertThat(part(mail.getReceivedMessages()[0], 1, "text/html")).doesNotContain("<a ");
  }

  @Test
  void send_headersForFilters_holdNothingThatCouldEndThem() throws Exception {
    plain()
        .send(
            new Notice(
                "k", "inc_1\r\nBcc: x@y.z", "s", "t", null, new Matter("P1", Matter.Stage.NEWS)));

    MimeMessage received = mail.getReceivedMessages()[0];
    assertThat(received.getHeader("List-Id")).containsExactly("Firebreak <firebreak.example.com>");
    assertThat(received.getHeader("X-Firebreak-Incident")).containsExactly("inc_1__Bcc__x_y.z");
    assertThat(received.getHeader("X-Firebreak-Severity")).containsExactly("critical");
    assertThat(received.getHeader("Bcc")).isNull();
  }

  private static String part(MimeMessage mail, int index, String type) throws Exception {
    BodyPart part = ((MimeMultipart) mail.getContent()).getBodyPart(index);
    assertThat(part.getContentType()).startsWith(type);
    return part.getContent().toString().replace("\r\n", "\n");
  }

  private List<MimeMessage> received(String subject) throws MessagingException {
    List<MimeMessage> found = new ArrayList<>();
    for (MimeMessage message : mail.getReceivedMessages()) {
      if (message.getSubject().equals(subject)) {
        found.add(message);
      }
    }
    return found;
  }

  private static String id(MimeMessage message) {
    try {
      return message.getMessageID();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void send_withLineBreaksInEveryField_writesNoHeader() throws Exception {
    String evil = "x\r\nBcc: evil@example.com\r\n\r\nbody";

    assertThat(plain().send(new Notice(evil, evil, evil, "text\r\n.\r\nQUIT", evil)))
        .startsWith("accepted");

    MimeMessage received = mail.getReceivedMessages()[0];
    assertThat(mail.getReceivedMessages()).hasSize(2);
    assertThat(received.getHeader("Bcc")).isNull();
    assertThat(received.getSubject()).isEqualTo("x Bcc: evil@example.com body");
    assertThat(part(received, 0, "text/plain")).contains("QUIT");
  }

  @Test
  void send_withStarttlsRequiredAndNotOffered_failsClosed() {
    Channel channel = channel(mail.getSmtp().getPort(), "");

    assertThatThrownBy(() -> channel.send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isFalse())
        .hasMessageContaining("127.0.0.1:" + mail.getSmtp().getPort())
        .hasMessageContaining("STARTTLS");
    assertThat(mail.getReceivedMessages()).isEmpty();
  }

  @Test
  void send_toACertificateNobodyTrusts_failsClosedAndNamesTheHost() {
    Channel channel = channel(mail.getSmtps().getPort(), ", \"tls\": \"implicit\"");

    assertThatThrownBy(() -> channel.send(Parts.notice("a", "b")))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("127.0.0.1:" + mail.getSmtps().getPort())
        .hasMessageContaining("certificat");
    assertThat(mail.getReceivedMessages()).isEmpty();
  }

  @Test
  void send_withImplicitTlsAndLogin_isAccepted() throws Exception {
    assertThat(mail.setUser("firebreak", "s3cr3t-pass")).isNotNull();

    assertThat(withLogin("s3cr3t-pass").send(Parts.notice("a", "b"))).startsWith("accepted");

    assertThat(mail.getReceivedMessages()).hasSize(1);
  }

  @Test
  void send_withAWrongPassword_isTriedAgainAndDoesNotShowIt() throws Exception {
    assertThat(mail.setUser("firebreak", "s3cr3t-pass")).isNotNull();

    assertThatThrownBy(() -> withLogin("wr0ng-pass").send(Parts.notice("a", "b")))
        .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isFalse())
        .message()
        .doesNotContain("wr0ng-pass");
  }

  @Test
  void send_whenEveryReaderIsRefusedForGood_isPermanent() throws Exception {
    try (ScriptedServer server = new ScriptedServer(Map.of("RCPT", "550 no such user"))) {
      assertThatThrownBy(() -> channel(server.port(), NONE).send(Parts.notice("a", "b")))
          .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isTrue())
          .hasMessageContaining("550 no such user");
    }
  }

  @Test
  void send_whenOneReaderIsRefused_reachesTheOthersAndNamesThisOne() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(Map.of("RCPT TO:<bo@example.com>", "550 no such user"))) {
      assertThat(channel(server.port(), NONE).send(Parts.notice("a", "b")))
          .contains("accepted, but not for bo@example.com")
          .contains("no such user");
    }
  }

  @Test
  void send_whenTheServerIsBusy_isTriedAgain() throws Exception {
    try (ScriptedServer server = new ScriptedServer(Map.of("MAIL", "451 greylisted"))) {
      assertThatThrownBy(() -> channel(server.port(), NONE).send(Parts.notice("a", "b")))
          .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isFalse())
          .hasMessageContaining("451 greylisted");
    }
  }

  @Test
  void send_whenTheServerHangs_endsAtTheTimeout() throws Exception {
    try (ScriptedServer server = new ScriptedServer(Map.of("MAIL", ""))) {
      assertThatThrownBy(
              () ->
                  channel(server.port(), NONE + ", \"timeout\": \"1s\"")
                      .send(Parts.notice("a", "b")))
          .isInstanceOfSatisfying(ChannelException.class, e -> assertThat(e.permanent()).isFalse());
    }
  }

  private Channel plain() {
    return channel(mail.getSmtp().getPort(), NONE);
  }

  private Channel channel(int port, String more) {
    return Parts.channel(
        """
        {"type": "smtp", "host": "127.0.0.1", "port": %d,
         "from": "Firebreak <firebreak@example.com>",
         "to": ["ana@example.com", "bo@example.com"]%s}
        """
            .formatted(port, more),
        clock);
  }

  /** Trusts GreenMail's own certificate, which no configuration can. */
  private Channel withLogin(String password) throws Exception {
    SmtpSettings settings =
        new SmtpSettings(
            "127.0.0.1",
            mail.getSmtps().getPort(),
            "implicit",
            "firebreak",
            SecretRef.valueOf(password),
            "a@example.com",
            List.of("b@example.com"),
            null);
    Properties properties = settings.properties("ops");
    properties.put("mail.smtp.ssl.trust", "*");
    properties.put("mail.smtp.ssl.checkserveridentity", "false");
    return new SmtpChannel(
        "ops",
        properties,
        new SmtpChannel.Login("firebreak", SecretRef.valueOf(password), Parts.at(clock).secrets()),
        new InternetAddress("a@example.com"),
        List.of(new InternetAddress("b@example.com")),
        clock);
  }
}
